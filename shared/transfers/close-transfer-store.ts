import { canonical } from '../kernel/canonical-json.ts';
import type { Place } from '../kernel/ids.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { AGAIN, untilAnswered } from '../platform/retry.ts';
import { transact } from '../platform/transact.ts';
import { stockEffects } from '../stock/stock-change-store.ts';
import { withInbound } from './inbound.ts';
import { isOf, type Transfer } from './transfer.ts';
import { type TransferStore, transferEffect } from './transfer-store.ts';
import { closedShort } from './transfer-transitions.ts';

type Closed = { readonly before: Transfer; readonly after: Transfer };

export type CloseTransfer = ReturnType<typeof closeTransfer>;

/**
 * Closes a dispatch short for a place that sent it or is to receive it: its row and what is inbound of it, in one transaction. Where nothing is on its
 * way, nothing changes; `undefined`: the place has no such dispatch.
 */
export const closeTransfer =
  (tables: Tables, transfers: TransferStore) =>
  (place: Place, dispatch: VoucherNumber, by: NonNullable<Transfer['closedShort']>): Promise<Closed | undefined> =>
    untilAnswered(async () => {
      const before = await transfers.find(dispatch);
      if (!before?.sent || !isOf(before, place)) return undefined;
      const { to } = before.sent;
      const after = closedShort(before, by);
      if (after === before) return { before, after };
      const actions = [
        ...stockEffects(tables.name('Stock'), to, withInbound([], to, before, after)),
        transferEffect(tables.name('Transfers'), after),
      ].map(({ action }) => action);
      return transact<Closed | typeof AGAIN>(tables.client, actions, { before, after }, async () =>
        // Our own write, whose answer was lost, stands in the way of itself.
        canonical(await transfers.find(dispatch)) === canonical(after) ? { before, after } : AGAIN,
      );
    });

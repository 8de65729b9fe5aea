import { canonical } from '../domain/canonical.ts';
import type { Place } from '../domain/ids.ts';
import { closedShort } from '../domain/transfers/moves.ts';
import { withInbound } from '../domain/transfers/stock.ts';
import { isOf, type Transfer } from '../domain/transfers/transfer.ts';
import type { VoucherNumber } from '../domain/vouchers/number.ts';
import { AGAIN, untilAnswered } from './again.ts';
import type { Tables } from './client.ts';
import { effectsOf } from './effects.ts';
import { transact } from './transact.ts';
import type { TransferStore } from './transfer-store.ts';

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
      const effects = { stock: withInbound([], to, before, after), transfer: after };
      const actions = effectsOf(tables, to, effects).map(({ action }) => action);
      return transact<Closed | typeof AGAIN>(tables.client, actions, { before, after }, async () =>
        // Our own write, whose answer was lost, stands in the way of itself.
        canonical(await transfers.find(dispatch)) === canonical(after) ? { before, after } : AGAIN,
      );
    });

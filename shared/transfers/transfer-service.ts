import type { LocationId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { RETRY, retry } from '../platform/retry.ts';
import { transact } from '../platform/transact.ts';
import { stockEffects } from '../stock/stock-change-store.ts';
import { withInbound } from './in-transit.ts';
import type { Transfer } from './transfer.ts';
import { type TransferStore, transferEffect } from './transfer-store.ts';
import { closeShort } from './transfer-transitions.ts';

type TransferClosure = { readonly before: Transfer; readonly after: Transfer };

export type CloseTransferShort = ReturnType<typeof closeTransferShort>;

/**
 * Closes a dispatch short for its sender or addressee, with the inbound stock in one transaction.
 * `undefined`: the location has no such dispatch.
 */
export const closeTransferShort =
  (tables: Tables, transfers: TransferStore) =>
  (
    location: LocationId,
    dispatch: VoucherNumber,
    by: NonNullable<Transfer['closedShort']>,
  ): Promise<TransferClosure | undefined> =>
    retry(async () => {
      const before = await transfers.find(dispatch);
      if (!before?.sent || ![before.sent.from, before.sent.to].includes(location)) return undefined;
      const { to } = before.sent;
      const after = closeShort(before, by);
      if (after === before) return { before, after };
      const actions = [
        ...stockEffects(tables.name('Stock'), to, withInbound([], to, before, after)),
        transferEffect(tables.name('Transfers'), after),
      ].map(({ action }) => action);
      return transact<TransferClosure | typeof RETRY>(tables.client, actions, { before, after }, async () =>
        // Our own write succeeded and its answer was lost.
        toCanonicalJson(await transfers.find(dispatch)) === toCanonicalJson(after) ? { before, after } : RETRY,
      );
    });

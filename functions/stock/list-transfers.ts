import { contract } from '../../shared/api/contract.ts';
import { eachPage, ForeignPosition } from '../../shared/kernel/pages.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { more } from '../../shared/platform/query-parameters.ts';
import { standingOf, stateOf } from '../../shared/transfers/transfer.ts';
import { seenAs } from '../../shared/transfers/transfer-contract.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

type ListTransfersDeps = { readonly transfers: TransferStore };

/** A cursor says first which list it is of: each has its own order. Pages are read until there is something to show: an empty page would look like the end. */
export const listTransfers = operation(
  contract.listTransfers,
  async (
    { path: { location }, query: { way = 'incoming', state, cursor } },
    { transfers: store }: ListTransfersDeps,
  ) => {
    const standing = state ? standingOf(state) : 'all';
    const [list, ...position] = cursor ?? [standing];
    if (list !== standing) throw new ForeignPosition();
    const after = cursor && position;
    for await (const { rows, next } of eachPage((from) => store.of(way, location, standing, from), after)) {
      const transfers = rows.filter((transfer) => !state || stateOf(transfer) === state).map(seenAs);
      if (transfers.length > 0) return ok({ location, transfers, ...more(next && [standing, ...next]) });
    }
    return ok({ location, transfers: [] });
  },
);

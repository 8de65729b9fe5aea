import { eachPage } from '../../shared/kernel/pages.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import { transferStateOf, transferStatusOf } from '../../shared/transfers/transfer.ts';
import * as contract from '../../shared/transfers/transfer-contract.ts';
import { toTransferView } from '../../shared/transfers/transfer-contract.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

type ListTransfersDeps = { readonly transfers: TransferStore };

/** Skips empty pages, which clients take for the end. */
export const listTransfers = operation(
  contract.listTransfers,
  async (
    { path: { location }, query: { way = 'incoming', state, cursor } },
    { transfers: store }: ListTransfersDeps,
  ) => {
    const status = state ? transferStatusOf(state) : 'all';
    for await (const { rows, next } of eachPage((from) => store.of(way, location, status, from), cursor)) {
      const transfers = rows.filter((transfer) => !state || transferStateOf(transfer) === state).map(toTransferView);
      if (transfers.length > 0) return ok({ location, transfers, ...cursorField(next) });
    }
    return ok({ location, transfers: [] });
  },
);

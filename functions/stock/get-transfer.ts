import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { isTransferOf } from '../../shared/transfers/transfer.ts';
import * as contract from '../../shared/transfers/transfer-contract.ts';
import { toTransferView } from '../../shared/transfers/transfer-contract.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

type GetTransferDeps = { readonly transfers: TransferStore };

export const getTransfer = operation(
  contract.getTransfer,
  async ({ path: { location, dispatch } }, { transfers }: GetTransferDeps) => {
    const transfer = await transfers.find(dispatch);
    if (transfer && isTransferOf(transfer, location)) return ok(toTransferView(transfer));
    return refuse('NOT_FOUND', `${location} has no transfer ${dispatch}.`);
  },
);

import { refuse } from '../../shared/kernel/refusal.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import * as contract from '../../shared/ledger/voucher-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

type GetVoucherDeps = { readonly ledger: LedgerStore };

export const getVoucher = operation(
  contract.getVoucher,
  async ({ path: { location, number } }, { ledger }: GetVoucherDeps) => {
    const voucher = await ledger.find(location, number);
    return voucher ? ok(voucher) : refuse('NOT_FOUND', `${location} has no voucher ${number}.`);
  },
);

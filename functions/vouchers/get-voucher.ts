import { contract } from '../../shared/api/contract.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

export const getVoucher = operation(contract.getVoucher, async ({ path: { location, number } }, { ledger }) => {
  const voucher = await ledger.find(location, number);
  return voucher ? ok(voucher) : refuse('NOT_FOUND', `${location} has no voucher ${number}.`);
});

import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const getVoucher = operation(contract.getVoucher, async ({ path: { location, number } }, { ledger }) => {
  const voucher = await ledger.find(location, number);
  return voucher ? ok(voucher) : refuse('NOT_FOUND', `${location} has no voucher ${number}.`);
});

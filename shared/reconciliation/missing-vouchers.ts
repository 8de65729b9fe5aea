import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { declaredNumbers } from '../ledger/number-gaps.ts';
import type { Voucher } from '../ledger/voucher.ts';

/** Numbers that these vouchers name as the one before them, or declare as a last one, and that are not among them. */
export const missingVouchersOf = (vouchers: readonly Voucher[]): VoucherNumber[] => {
  const there = new Set(vouchers.map(({ number }) => number));
  const named = vouchers.flatMap(({ claim }) => [claim.previous ?? [], declaredNumbers(claim)].flat());
  return [...new Set(named)].filter((number) => !there.has(number));
};

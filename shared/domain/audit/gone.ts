import type { Day } from '../time.ts';
import { declaredIn } from '../vouchers/missing.ts';
import { partsOf, type VoucherNumber } from '../vouchers/number.ts';
import type { Voucher } from '../vouchers/voucher.ts';

/** Numbers that these vouchers name as the one before them, or declare as a last one, and that are not among them; of the days that were read. */
export const goneFrom = (vouchers: readonly Voucher[], since?: Day): VoucherNumber[] => {
  const there = new Set(vouchers.map(({ number }) => number));
  const named = vouchers.flatMap(({ claim }) => [claim.previous ?? [], declaredIn(claim)].flat());
  return [...new Set(named)].filter(
    (number) => !there.has(number) && (since === undefined || partsOf(number).day >= since),
  );
};

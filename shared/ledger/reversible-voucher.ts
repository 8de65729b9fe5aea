import { paidAmountOf } from './kinds/sale.ts';
import { onHandMovements } from './on-hand.ts';
import type { ReversibleVoucher } from './reversal-context.ts';
import type { Voucher } from './voucher.ts';

/** A voucher as far as it can be taken back; one whose number was cancelled did nothing. */
export const reversibleVoucherOf = ({ claim, outcome }: Voucher): ReversibleVoucher => {
  if (!('lines' in claim)) return { lines: [] };
  const moved = onHandMovements({ claim, outcome });
  const taken = 'lots' in outcome ? outcome.lots : undefined;
  const tax = 'total' in outcome ? outcome.tax : undefined;
  return {
    at: claim.occurredAt,
    ...('total' in outcome && { total: outcome.total }),
    lines: moved.map(({ item, quantity }, at) => {
      const line = claim.kind === 'S' ? claim.lines[at] : undefined;
      const said = claim.kind === 'R' || (claim.kind === 'A' && claim.reason === 'found') ? claim.lines[at] : undefined;
      const came = said?.lot;
      const lots = came ? [{ lot: came, quantity: Math.abs(quantity) as never }] : (taken?.[at] ?? []);
      const paid = tax?.[at];
      const sold = line && paid && { amount: paidAmountOf(paid), gstBasisPoints: paid.gstBasisPoints };
      return { item, moved: quantity, lots, ...(sold && { sold }) };
    }),
  };
};

import type { Quantity } from '../kernel/quantity.ts';
import { onHandMovements } from './on-hand.ts';
import type { ReversibleVoucher } from './reversal-context.ts';
import { isCancelled, kindOf, type Voucher } from './voucher.ts';

/** A voucher as far as it can be taken back. A cancelled one did nothing, so it has no lines. */
export const reversibleVoucherOf = ({ claim, outcome }: Voucher): ReversibleVoucher => {
  if (isCancelled(claim) || !('lines' in claim)) return { lines: [] };
  const { reversibleLine } = kindOf(claim);
  const withdrawn = 'lots' in outcome ? outcome.lots : undefined;
  return {
    at: claim.occurredAt,
    ...('total' in outcome && { total: outcome.total }),
    lines: onHandMovements({ claim, outcome }).map(({ item, quantity }, at) => {
      const { lot, sold } = reversibleLine?.(claim, outcome, at) ?? {};
      const lots = lot ? [{ lot, quantity: Math.abs(quantity) as Quantity }] : (withdrawn?.[at] ?? []);
      return { item, moved: quantity, lots, ...(sold && { sold }) };
    }),
  };
};

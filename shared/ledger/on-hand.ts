import type { ItemId } from '../kernel/ids.ts';
import { type Quantity, sumOf } from '../kernel/quantity.ts';
import { isReceipt } from './kinds/receipt.ts';
import type { ReversibleVoucher } from './reversal-context.ts';
import { isCancelled, kindOf, type Voucher } from './voucher.ts';
import type { ItemMovement } from './voucher-kind.ts';

/** A count moves nothing. */
export const onHandMovements = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): ItemMovement[] =>
  isCancelled(claim) ? [] : (kindOf(claim).stockMovement?.(claim, outcome) ?? []);

/** Per line, in base units. */
export const rejectedQuantities = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): number[] => {
  if (!isReceipt(claim)) return [];
  const inBase = 'rejected' in outcome ? outcome.rejected : undefined;
  return claim.lines.map(({ rejected }, at) => inBase?.[at] ?? Number(rejected ?? 0));
};

export const onHandMovementPerItem = (
  vouchers: readonly Pick<Voucher, 'claim' | 'outcome'>[],
): ReadonlyMap<ItemId, number> =>
  new Map(
    [...Map.groupBy(vouchers.flatMap(onHandMovements), ({ item }) => item)].map(([item, moved]) => [
      item,
      sumOf(moved.map(({ quantity }) => quantity)),
    ]),
  );

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

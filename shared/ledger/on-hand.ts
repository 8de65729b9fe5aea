import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { isCancelled, kindOf, type Voucher } from './voucher.ts';
import type { ItemMovement } from './voucher-kind.ts';

/** What a voucher moves on hand, line by line. A count moves nothing. */
export const onHandMovements = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): ItemMovement[] =>
  isCancelled(claim) ? [] : (kindOf(claim).stockMovement?.(claim, outcome) ?? []);

/** What a receipt of a dispatch rejected, line by line in base units. */
export const rejectedQuantities = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): number[] => {
  if (claim.kind !== 'R' || !('lines' in claim)) return [];
  const inBase = 'rejected' in outcome ? outcome.rejected : undefined;
  return claim.lines.map(({ rejected }, at) => inBase?.[at] ?? Number(rejected ?? 0));
};

/** What vouchers move on hand, summed by item. */
export const onHandMovementPerItem = (
  vouchers: readonly Pick<Voucher, 'claim' | 'outcome'>[],
): ReadonlyMap<ItemId, number> =>
  new Map(
    [...Map.groupBy(vouchers.flatMap(onHandMovements), ({ item }) => item)].map(([item, moved]) => [
      item,
      sumOf(moved.map(({ quantity }) => quantity)),
    ]),
  );

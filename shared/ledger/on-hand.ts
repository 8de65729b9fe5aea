import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { Voucher } from './voucher.ts';

type ItemMovement = { readonly item: ItemId; readonly quantity: number };

/** What a voucher moves on hand of each item, in base units: above zero it comes, below it goes. A count moves nothing: it says what is there. */
export const onHandMovements = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): ItemMovement[] => {
  if (!('lines' in claim) || claim.kind === 'C') return [];
  if (claim.kind === 'V')
    return claim.lines.map(({ item }, at) => ({ item, quantity: ('moved' in outcome && outcome.moved[at]) || 0 }));
  const inBase = 'quantities' in outcome ? outcome.quantities : undefined;
  const way = claim.kind === 'R' || (claim.kind === 'A' && claim.reason === 'found') ? 1 : -1;
  return claim.lines.map(({ item, quantity }, at) => ({ item, quantity: way * (inBase?.[at] ?? Number(quantity)) }));
};

/** What a receipt of a dispatch says was rejected, line by line in base units. */
export const rejectedQuantities = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): number[] => {
  if (claim.kind !== 'R' || !('lines' in claim)) return [];
  const inBase = 'rejected' in outcome ? outcome.rejected : undefined;
  return claim.lines.map(({ rejected }, at) => inBase?.[at] ?? Number(rejected ?? 0));
};

/** What many vouchers move on hand, item by item. */
export const onHandMovementPerItem = (
  vouchers: readonly Pick<Voucher, 'claim' | 'outcome'>[],
): ReadonlyMap<ItemId, number> =>
  new Map(
    [...Map.groupBy(vouchers.flatMap(onHandMovements), ({ item }) => item)].map(([item, moved]) => [
      item,
      sumOf(moved.map(({ quantity }) => quantity)),
    ]),
  );

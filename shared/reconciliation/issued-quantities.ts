import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { Voucher } from '../ledger/voucher.ts';

/** What a voucher adds to what was issued of each item: an issue its lines in base units; what takes one back, less than nothing. */
export const issuedQuantitiesOf = (
  voucher: Pick<Voucher, 'claim' | 'outcome'> | undefined,
): ReadonlyMap<ItemId, number> => {
  const { claim, outcome } = voucher ?? {};
  if (!claim || !outcome || !('lines' in claim) || !('producer' in outcome)) return new Map();
  const way = claim.kind === 'I' ? 1 : -1;
  const inBase = 'quantities' in outcome ? outcome.quantities : undefined;
  const lines = claim.lines.map(({ item, quantity }, at) => ({
    item,
    quantity: way * (inBase?.[at] ?? Number(quantity)),
  }));
  const all = Map.groupBy(lines, ({ item }) => item);
  return new Map([...all].map(([item, same]) => [item, sumOf(same.map(({ quantity }) => quantity))]));
};

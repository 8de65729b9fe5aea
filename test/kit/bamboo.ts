import { Item } from '../../shared/registry/item.ts';

/** A material by weight, as an entry of the registry. */
export const BAMBOO_ENTRY = Item.parse({
  name: 'Bamboo',
  nameHi: 'बाँस',
  product: 'BAMBOO',
  seller: 'PBT1',
  unit: 'gram',
  units: [{ unit: 'kg', base: 1_000 }],
  hsn: '1401',
  prices: [{ from: '2026-04-01', price: 6, mrp: 6, gstBasisPoints: 500 }],
  reorderPoint: 0,
  aliases: [],
});

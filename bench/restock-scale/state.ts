import { DistrictId, ItemId, ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Outlet, Product } from '../../shared/registry/entries.ts';
import { Item } from '../../shared/registry/item.ts';
import type { EntryByKind, RegistryKind } from '../../shared/registry/registry-kinds.ts';
import { Seller } from '../../shared/registry/seller.ts';

const ITEMS_A_SELLER = 40;
const STALLS_A_STATION = 20;
const MOST_DISTRICTS = 75;

const letters = (n: number, many: number): string =>
  Array.from({ length: many }, (_, at) => String.fromCharCode(65 + (Math.floor(n / 26 ** at) % 26)))
    .reverse()
    .join('');

const twoDigits = (n: number): string => String(n + 1).padStart(2, '0');

export type State = {
  readonly districts: readonly DistrictId[];
  readonly outlets: readonly StockLocationId[];
  readonly items: readonly ItemId[];
  /** One for each item. */
  readonly products: readonly ProductId[];
  districtOf(outlet: number): DistrictId;
};

export const stateOf = (outlets: number, items: number): State => {
  const districts = Array.from({ length: Math.min(MOST_DISTRICTS, Math.ceil(outlets / 2)) }, (_, n) =>
    DistrictId.parse(letters(n, 3)),
  );
  const itemIds = Array.from({ length: items }, (_, n) => `CRAFT-${String(n + 1).padStart(4, '0')}`);
  return {
    districts,
    outlets: Array.from({ length: outlets }, (_, n) =>
      StockLocationId.parse(`${letters(Math.floor(n / STALLS_A_STATION), 4)}-${twoDigits(n % STALLS_A_STATION)}`),
    ),
    items: itemIds.map((id) => ItemId.parse(id)),
    products: itemIds.map((id) => ProductId.parse(id)),
    districtOf: (outlet) => districts[outlet % districts.length] as DistrictId,
  };
};

const sellerOf = (item: number): string => `SELLER${Math.floor(item / ITEMS_A_SELLER) + 1}`;

/** Each item is its own product. */
export function* registryOf(
  state: State,
): Generator<{ kind: RegistryKind; id: string; entry: EntryByKind[RegistryKind] }> {
  const [home = ''] = state.districts;
  const sellers = [...new Set(state.items.map((_, n) => sellerOf(n)))];
  for (const id of state.districts)
    yield { kind: 'districts', id, entry: { name: id, nameHi: id, craft: 'craft', craftHi: 'शिल्प' } };
  for (const id of sellers)
    yield { kind: 'sellers', id, entry: Seller.parse({ name: id, registration: 'unregistered', district: home }) };
  for (const [n, id] of state.items.entries()) {
    const named = { name: `Craft ${n + 1}`, nameHi: 'शिल्प' };
    yield { kind: 'products', id, entry: Product.parse({ ...named, district: home, material: false }) };
    const prices = [{ from: '2026-04-01', price: 89_900, mrp: 99_900, gstBasisPoints: 500 }];
    const itemFields = { unit: 'piece', hsn: '6211', prices, reorderPoint: 1, aliases: [] };
    yield { kind: 'items', id, entry: Item.parse({ ...named, product: id, seller: sellerOf(n), ...itemFields }) };
  }
  for (const [n, id] of state.outlets.entries()) {
    const entry = Outlet.parse({
      name: `Stall ${n + 1}`,
      station: id.slice(0, -3),
      district: state.districtOf(n),
      sellers,
    });
    yield { kind: 'outlets', id, entry };
  }
}

import {
  type ItemId,
  isProducer,
  type LocationId,
  locationKind,
  type Place,
  type ProducerId,
} from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { giverOf, type Located } from '../../shared/replenishment/sides.ts';
import { spareOf } from '../../shared/replenishment/sourcing.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { tradingOf } from './sellers-at.ts';
import { locatedOf } from './supplying-locations.ts';

/** A place that may be asked, for what, and what it can do without of each: of a workshop, nobody knows. */
export type Giving = {
  readonly at: Located<Place> & { readonly kind: 'outlets' | 'depots' | 'producers' };
  readonly items: ReadonlyMap<ItemId, EntryOf<'items'>>;
  readonly spare: ReadonlyMap<ItemId, number>;
};

export type SupplyAtDeps = { readonly registry: RegistryStore; readonly stock: StockStore };

export const givingAt = (place: Place, deps: SupplyAtDeps): Promise<Giving | undefined> =>
  isProducer(place) ? workshopGiving(place, deps) : shelfGiving(place, deps);

/** What lies there above what it needs itself. */
const shelfGiving = async (location: LocationId, { registry, stock }: SupplyAtDeps): Promise<Giving | undefined> => {
  const found = await registry.entry(locationKind(location), location);
  if (!found) return undefined;
  const at = tradingOf(found);
  const rows = await everything((after) => stock.at(location, after));
  const registered = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const [items, spare] = [new Map<ItemId, EntryOf<'items'>>(), new Map<ItemId, number>()];
  for (const row of rows) {
    const item = registered.get(row.item);
    if (!item || !at.sellers.includes(item.entry.seller)) continue;
    const left = spareOf(giverOf(locatedOf(at), row, item.entry));
    if (left === 0) continue;
    items.set(row.item, item);
    spare.set(row.item, left);
  }
  return { at, items, spare };
};

/** What it makes. Items say who makes them, and makers are asked seldom: all items are read. */
const workshopGiving = async (producer: ProducerId, { registry }: SupplyAtDeps): Promise<Giving | undefined> => {
  const found = await registry.entry('producers', producer);
  if (!found) return undefined;
  const listed = await everything((after) => registry.list('items', after));
  const made = listed.filter(({ entry }) => entry.makers?.includes(producer));
  return {
    at: { place: producer, district: found.entry.district, kind: 'producers' },
    items: new Map(made.map((item) => [item.id as ItemId, item])),
    spare: new Map(),
  };
};

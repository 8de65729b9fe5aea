import { type ItemId, type LocationId, ProducerId } from '../../shared/kernel/ids.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import {
  isNear,
  type SourcingLocation,
  type SupplyingLocation,
  supplyingLocationOf,
} from '../../shared/replenishment/sourcing.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import type { StockLocation } from './stock-locations.ts';

export type SupplyingLocationsDeps = { readonly registry: RegistryStore; readonly stock: StockStore };

/**
 * Outlets nearby, all depots where the seller trades, and makers. The registry selects them, so the
 * reads do not grow with the state.
 */
export const loadSupplyingLocations = async (
  at: SourcingLocation,
  items: readonly EntryOf<'items'>[],
  all: readonly StockLocation[],
  deps: SupplyingLocationsDeps,
): Promise<(item: ItemId) => SupplyingLocation[]> => {
  const asked = all.filter((one) => one.location !== at.location && (one.kind === 'depots' || isNear(one, at)));
  const wanted = items.map(({ id, entry }) => ({ item: id as ItemId, entry }));
  const keys = wanted.flatMap(({ item, entry: { seller } }) =>
    asked.filter(({ sellers }) => sellers.includes(seller)).map(({ location: place }) => ({ location: place, item })),
  );
  const rows = Map.groupBy(await deps.stock.among(keys), ({ item }) => item);
  const places = new Map(asked.map((one) => [one.location, one]));
  const makers = await loadMakers(items, deps);
  const entries = new Map(wanted.map(({ item, entry }) => [item, entry]));
  return (item) => {
    const entry = entries.get(item);
    if (!entry) return [];
    const having = (rows.get(item) ?? []).flatMap((row) => {
      const one = places.get(row.location);
      return one ? [supplyingLocationOf(toSourcingLocation(one), row, entry)] : [];
    });
    const making = (entry.makers ?? []).flatMap((maker) => {
      const one = makers.get(maker);
      return one ? [supplyingLocationOf(one, undefined, entry)] : [];
    });
    return [...having, ...making];
  };
};

export const toSourcingLocation = <Id extends LocationId>({
  location,
  district,
  lines,
}: SourcingLocation<Id>): SourcingLocation<Id> => ({
  location,
  district,
  ...(lines && { lines }),
});

const loadMakers = async (
  items: readonly EntryOf<'items'>[],
  { registry }: SupplyingLocationsDeps,
): Promise<ReadonlyMap<ProducerId, SourcingLocation<ProducerId>>> => {
  const named = items.flatMap(({ entry }) => entry.makers ?? []);
  const found = await registry.entries('producers', named);
  return new Map(
    [...found].map(([id, { entry }]) => [id, { location: ProducerId.parse(id), district: entry.district }] as const),
  );
};

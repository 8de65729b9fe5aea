import { type ItemId, type LocationId, ProducerId, type SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf, type Instant } from '../../shared/kernel/time.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import { sellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import {
  isNear,
  type SourcingLocation,
  type SupplyingLocation,
  supplyingLocationOf,
} from '../../shared/replenishment/sourcing.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

export type SupplyingLocationsDeps = {
  readonly clock: Clock;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
};

/** The registry selects them, so that reads do not grow with the state. */
export const loadSupplyingLocations = async (
  demanding: SourcingLocation,
  items: readonly EntryOf<'items'>[],
  locations: readonly StockLocation[],
  deps: SupplyingLocationsDeps,
): Promise<(item: ItemId) => SupplyingLocation[]> => {
  const candidates = locations.filter(
    (supplier) =>
      supplier.location !== demanding.location && (supplier.kind === 'depots' || isNear(supplier, demanding)),
  );
  const entriesById = items.map(({ id, entry }) => ({ item: id as ItemId, entry }));
  const keys = entriesById.flatMap(({ item, entry: { seller } }) =>
    candidates
      .filter(({ sellers }) => sellers.includes(seller))
      .map(({ location: place }) => ({ location: place, item })),
  );
  const rows = Map.groupBy(await deps.stock.among(keys), ({ item }) => item);
  const candidateOf = new Map(candidates.map((supplier) => [supplier.location, supplier]));
  const makers = await loadMakers(items, deps);
  const entries = new Map(entriesById.map(({ item, entry }) => [item, entry]));
  return (item) => {
    const entry = entries.get(item);
    if (!entry) return [];
    const stockists = (rows.get(item) ?? []).flatMap((row) => {
      const supplier = candidateOf.get(row.location);
      return supplier ? [supplyingLocationOf(toSourcingLocation(supplier), row, entry)] : [];
    });
    const itemMakers = (entry.makers ?? []).flatMap((maker) => {
      const supplier = makers.get(maker);
      return supplier ? [supplyingLocationOf(supplier, undefined, entry)] : [];
    });
    return [...stockists, ...itemMakers];
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
  { registry, clock }: SupplyingLocationsDeps,
): Promise<ReadonlyMap<ProducerId, SourcingLocation<ProducerId>>> => {
  const makerIds = items.flatMap(({ entry }) => entry.makers ?? []);
  const found = await registry.entries('producers', makerIds);
  const today = dayOf(clock.now());
  return new Map(
    [...found]
      .filter(([, { entry }]) => isOpenOn(entry, today))
      .map(([id, { entry }]) => [id, { location: ProducerId.parse(id), district: entry.district }] as const),
  );
};

export type StockLocation = SourcingLocation & {
  readonly name: string;
  readonly kind: 'outlets' | 'depots';
  readonly sellers: readonly SellerId[];
};

export const stockLocationOf = ({ id, kind, entry }: EntryOf<'outlets' | 'depots'>, at: Instant): StockLocation => ({
  location: StockLocationId.parse(id),
  name: entry.name,
  kind,
  district: entry.district,
  sellers: sellersAt(entry, at),
  ...('lines' in entry && { lines: entry.lines }),
});

export type SellersAtDeps = { readonly clock: Clock; readonly registry: RegistryStore };

/** Open ones only. */
export const loadStockLocations = async ({ registry, clock }: SellersAtDeps): Promise<StockLocation[]> => {
  const [outlets, depots] = await Promise.all([
    allPages((after) => registry.list('outlets', after)),
    allPages((after) => registry.list('depots', after)),
  ]);
  const today = dayOf(clock.now());
  return [...outlets, ...depots]
    .filter(({ entry }) => isOpenOn(entry, today))
    .map((found) => stockLocationOf(found, clock.now()));
};

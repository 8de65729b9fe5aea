import type { ReadExpectedStock } from '../../shared/alerts/stock-alert-service.ts';
import {
  type ItemId,
  isProducer,
  type LocationId,
  type ProducerId,
  type StockLocationId,
  stockLocationKind,
} from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { replenishmentQuantityOf } from '../../shared/replenishment/replenishment-plan.ts';
import { type SourcingLocation, spareQuantityOf, supplyingLocationOf } from '../../shared/replenishment/sourcing.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { stockLocationOf, toSourcingLocation } from './supplying-locations.ts';

/** `spare` is unknown for a workshop. */
export type LocationSupply = {
  readonly location: SourcingLocation<LocationId> & { readonly kind: 'outlets' | 'depots' | 'producers' };
  readonly items: ReadonlyMap<ItemId, EntryOf<'items'>>;
  readonly spare: ReadonlyMap<ItemId, number>;
};

export type SupplyAtDeps = { readonly clock: Clock; readonly registry: RegistryStore; readonly stock: StockStore };

export const loadLocationSupply = (location: LocationId, deps: SupplyAtDeps): Promise<LocationSupply | undefined> =>
  isProducer(location) ? loadWorkshopSupply(location, deps) : loadStockLocationSupply(location, deps);

const loadStockLocationSupply = async (
  location: StockLocationId,
  { registry, stock, clock }: SupplyAtDeps,
): Promise<LocationSupply | undefined> => {
  const today = dayOf(clock.now());
  const found = await registry.entry(stockLocationKind(location), location);
  if (!found) return undefined;
  const supplier = stockLocationOf(found, clock.now());
  const isOpen = isOpenOn(found.entry, today);
  const rows = isOpen ? await allPages((after) => stock.at(location, after)) : [];
  const entries = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const open = await registry.openItems(entries.values(), today);
  const items = new Map<ItemId, EntryOf<'items'>>();
  const spare = new Map<ItemId, number>();
  for (const row of rows) {
    const item = entries.get(row.item);
    if (!item || !supplier.sellers.includes(item.entry.seller) || !open.has(row.item)) continue;
    const spareQuantity = spareQuantityOf(supplyingLocationOf(toSourcingLocation(supplier), row, item.entry));
    if (spareQuantity === 0) continue;
    items.set(row.item, item);
    spare.set(row.item, spareQuantity);
  }
  return { location: supplier, items, spare };
};

/** Rare, so it reads all items. */
const loadWorkshopSupply = async (
  producer: ProducerId,
  { registry, clock }: SupplyAtDeps,
): Promise<LocationSupply | undefined> => {
  const today = dayOf(clock.now());
  const found = await registry.entry('producers', producer);
  if (!found) return undefined;
  const allItems = await allPages((after) => registry.list('items', after));
  const isOpen = isOpenOn(found.entry, today);
  const made = allItems.filter(({ entry }) => isOpen && entry.makers?.includes(producer));
  const open = await registry.openItems(made, today);
  const ownItems = made.filter(({ id }) => open.has(id));
  return {
    location: { location: producer, district: found.entry.district, kind: 'producers' },
    items: new Map(ownItems.map((item) => [item.id as ItemId, item])),
    spare: new Map(),
  };
};

/** `inbound` includes overdue quantities in transit; `row` does not. */
export type ShortItem = {
  readonly row: StockRow;
  readonly inbound: StockRow['inbound'];
  readonly item: EntryOf<'items'>;
};

export type DemandingLocationsDeps = {
  readonly clock: Clock;
  readonly readExpectedStock: ReadExpectedStock;
  readonly registry: RegistryStore;
};

export const loadShortItems = async (
  rows: readonly StockRow[],
  sellers: readonly string[],
  { registry, readExpectedStock, clock }: DemandingLocationsDeps,
): Promise<ShortItem[]> => {
  const today = dayOf(clock.now());
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const open = await registry.openItems(items.values(), today);
  const registered = ({ item }: StockRow) => items.get(item)?.entry.reorderPoint ?? 0;
  const expected = await readExpectedStock(rows, (row) => reorderPointOf(row, registered(row)));
  return rows.flatMap(({ inbound }, at) => {
    const row = expected[at] as StockRow;
    const item = items.get(row.item);
    if (!item || !sellers.includes(item.entry.seller) || !open.has(row.item)) return [];
    return replenishmentQuantityOf(row, item.entry.reorderPoint) > 0 ? [{ row, inbound, item }] : [];
  });
};

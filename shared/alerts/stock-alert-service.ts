import { type ItemId, type StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { Balance } from '../kernel/quantity.ts';
import type { Clock } from '../kernel/time.ts';
import type { EntryOf } from '../registry/entry-change.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { type ReorderPoint, reorderPointOf, type StockRow } from '../stock/stock.ts';
import type { StockStore } from '../stock/stock-store.ts';
import { overdueItems } from '../transfers/in-transit.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import { STOCK_SOURCES } from './alert.ts';
import { alertEvaluator, type LocationEntry, type SubjectReader } from './alert-evaluation-service.ts';
import type { AlertOutcome } from './alert-state.ts';
import type { AlertStore } from './alert-store.ts';
import { dependsOnInbound, stockReadingOf, stockState } from './sources/stock.ts';

/** All rows are of one location. */
export type ReadOverdueQuantities = (
  rows: readonly StockRow[],
  reorderPointOf: (row: StockRow) => ReorderPoint,
) => Promise<ReadonlyMap<ItemId, number>>;

/** Overdue quantity by item. Reads transfers only if a row depends on `inbound`. */
export const readOverdueQuantities =
  ({ transfers, clock }: { readonly transfers: TransferStore; readonly clock: Clock }): ReadOverdueQuantities =>
  async (rows, pointOf) => {
    const dependent = rows.filter((row) => dependsOnInbound(row, pointOf(row)));
    const [{ location } = {}] = dependent;
    if (!location) return new Map();
    const open = await allPages((after) => transfers.of('incoming', location, 'open', after));
    const overdue = overdueItems(open, clock.now());
    return new Map(dependent.flatMap(({ item }) => (overdue.has(item) ? [[item, overdue.get(item) ?? 0]] : [])));
  };

type StockAlertDeps = {
  readonly stock: StockStore;
  readonly registry: RegistryStore;
  readonly alerts: AlertStore;
  readonly overdueOf: ReadOverdueQuantities;
  readonly clock: Clock;
};

type StockSubject = { readonly location: StockLocationId; readonly item: ItemId };

type StockEntries = LocationEntry & {
  readonly item: EntryOf<'items'>;
  readonly location: EntryOf<'outlets' | 'depots'>;
  /** Product and seller. */
  readonly owners: readonly EntryOf<'products' | 'sellers'>[];
};

export type EvaluateStockAlerts = (location: StockLocationId, item: ItemId) => Promise<AlertOutcome[]>;

export const evaluateStockAlerts = (deps: StockAlertDeps): EvaluateStockAlerts => {
  const evaluate = alertEvaluator(deps, stockReader(deps));
  return (location, item) => evaluate({ location, item });
};

const stockReader = ({
  stock,
  registry,
  alerts,
  overdueOf,
  clock,
}: StockAlertDeps): SubjectReader<StockSubject, StockRow, StockEntries> => ({
  source: ({ location, item }) => stock.row(location, item),

  versionOf: ({ version }) => version,

  entries: async ({ location, item }, freshness) => {
    const kind = stockLocationKind(location);
    const find = freshness === 'cached' ? registry.entries : registry.entriesNow;
    const found = (await find('items', [item])).get(item);
    const place = (await find(kind, [location])).get(location);
    if (!found || !place) return undefined;
    const owners = (await registry.ownersOf([found], freshness))(found);
    return { item: found, location: place, owners, district: place.entry.district, placeVersion: place.version };
  },

  stored: async ({ location, item }) => {
    const stored = await alerts.ofItem(location, item);
    return (type) => stored.values().find((alert) => alert.type === type);
  },

  states: async (row, { item, location, owners }) => {
    const overdue = await overdueOf([row], () => reorderPointOf(row, item.entry.reorderPoint));
    const now = clock.now();
    const reading = stockReadingOf(row, item, location, { now, overdue: overdue.get(row.item), owners });
    return Object.values(STOCK_SOURCES).map((source) => stockState(source, reading));
  },
});

export type ReadExpectedStock = (...of: Parameters<ReadOverdueQuantities>) => Promise<readonly StockRow[]>;

/** Inbound excludes overdue transfers. */
export const readExpectedStock =
  (overdueOf: ReadOverdueQuantities): ReadExpectedStock =>
  async (rows, reorderPointOf) => {
    const overdue = await overdueOf(rows, reorderPointOf);
    return rows.map((row) => ({
      ...row,
      inbound: Balance.parse(Math.max(0, row.inbound - (overdue.get(row.item) ?? 0))),
    }));
  };

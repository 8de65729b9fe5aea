import { STOCK_SOURCES } from '../../shared/alerts/alert.ts';
import { needsEvaluation } from '../../shared/alerts/alert-lifecycle.ts';
import { isUnresolved } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { stockEvaluationOf, stockReadingOf } from '../../shared/alerts/sources/stock.ts';
import type { ReadOverdueQuantities } from '../../shared/alerts/stock-alert-service.ts';
import { type StockLocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

export type StockCandidatesDeps = {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly overdueOf: ReadOverdueQuantities;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
};

/** `isNew`: none of its alerts is unresolved. They come last. */
type StockCandidate = { readonly row: StockRow; readonly isNew: boolean };

/** Lists may be a moment old, so the caller evaluates each row by itself. */
export const stockAlertCandidates = async (
  location: StockLocationId,
  { stock, alerts, registry, overdueOf, clock }: StockCandidatesDeps,
): Promise<readonly StockCandidate[]> => {
  const place = await registry.entry(stockLocationKind(location), location);
  if (!place) return [];
  const rows = await allPages((after) => stock.at(location, after, 'a moment ago'));
  const stored = await allPages((after) => alerts.ofLocation(location, after));
  const storedByKey = new Map(stored.map((alert) => [`${alert.item}:${alert.type}`, alert]));
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const overdue = await overdueOf(rows, (row) => reorderPointOf(row, items.get(row.item)?.entry.reorderPoint ?? 0));
  const now = clock.now();
  const ownersOf = await registry.ownersOf([...items.values()]);
  const changed = rows.filter((row) => {
    const item = items.get(row.item);
    if (!item) return false;
    const facts = { now, overdue: overdue.get(row.item), owners: ownersOf(item) };
    const reading = stockReadingOf(row, item, place, facts);
    return Object.values(STOCK_SOURCES).some((source) =>
      needsEvaluation(storedByKey.get(`${row.item}:${source.type}`), stockEvaluationOf(source, reading)),
    );
  });
  const unresolved = new Set(stored.filter(isUnresolved).map(({ item }) => item));
  return changed
    .map((row) => ({ row, isNew: !unresolved.has(row.item) }))
    .toSorted((one, other) => Number(one.isNew) - Number(other.isNew));
};

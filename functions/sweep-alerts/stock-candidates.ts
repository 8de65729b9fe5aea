import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { STOCK_ALERT_TYPES } from '../../shared/alerts/alert-type.ts';
import type { ReadOverdueQuantities } from '../../shared/alerts/overdue-transfer-service.ts';
import { decideStockAlert, isEvaluationBehind, stockEvaluationOf } from '../../shared/alerts/stock-alert.ts';
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

/**
 * Rows whose alerts would change, or came from something newer than is known here, by what one pass over the location shows. Each is then judged as it surely stands; what
 * moved in the last moment is news to the stream, and to the next hour.
 */
export const stockAlertCandidates = async (
  location: StockLocationId,
  { stock, alerts, registry, overdueOf, clock }: StockCandidatesDeps,
): Promise<readonly StockRow[]> => {
  const place = await registry.entry(stockLocationKind(location), location);
  if (!place) return [];
  const rows = await allPages((after) => stock.at(location, after, 'a moment ago'));
  const standing = await allPages((after) => alerts.ofLocation(location, after));
  const byKey = new Map(standing.map((alert) => [`${alert.item}:${alert.type}`, alert]));
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const late = await overdueOf(rows, (row) => reorderPointOf(row, items.get(row.item)?.entry.reorderPoint ?? 0));
  return rows.filter((row) => {
    const item = items.get(row.item);
    if (!item) return false;
    const judged = stockEvaluationOf(row, item, place, { now: clock.now(), overdue: late.get(row.item) });
    return STOCK_ALERT_TYPES.some((type) => {
      const alert = byKey.get(`${row.item}:${type}`);
      return decideStockAlert(type, alert, judged) || (alert && isEvaluationBehind(judged, alert));
    });
  });
};

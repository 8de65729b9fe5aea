import { ALERT_COUNTS } from '../../shared/alerts/alert-evaluation-service.ts';
import { isLowOrNegative } from '../../shared/alerts/sources/stock.ts';
import type { EvaluateStockAlerts } from '../../shared/alerts/stock-alert-service.ts';
import { stockLocationKind } from '../../shared/kernel/ids.ts';
import type { ReduceReservations } from '../../shared/materials/reservation-service.ts';
import type { RowChange } from '../../shared/platform/stream-handler.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';

type RememberItemsDeps = { readonly registry: RegistryStore };

/** The items of a batch, read at once. */
export const loadItems = async (
  news: readonly RowChange<StockRow>[],
  { registry }: RememberItemsDeps,
): Promise<void> => {
  await registry.entries(
    'items',
    news.flatMap(({ after }) => (after ? [after.item] : [])),
  );
};

type WatchStockDeps = {
  readonly count: CountMetric;
  readonly evaluateStock: EvaluateStockAlerts;
  readonly registry: RegistryStore;
  readonly settleReserved: ReduceReservations;
};

/** News is only a hint. At a depot that has less than is reserved, it is settled who loses. Where a row is, or was, in want, its alerts are judged on the row as it stands. The rest costs no read. */
export const evaluateStockChange = async (
  { before, after }: RowChange<StockRow>,
  { registry, evaluateStock, settleReserved, count }: WatchStockDeps,
): Promise<void> => {
  if (!after) return;
  if (after.free < 0 && stockLocationKind(after.location) === 'depots')
    count('RequestsReduced', await settleReserved(after.location, after.item));
  const item = await registry.entry('items', after.item);
  if (!item) return;
  const inWant = (row: StockRow | undefined) =>
    row && isLowOrNegative(row, reorderPointOf(row, item.entry.reorderPoint));
  if (!inWant(before) && !inWant(after)) return;
  for (const did of await evaluateStock(after.location, after.item)) count(ALERT_COUNTS[did], 1);
};

import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import { isLowOrNegative } from '../../shared/alerts/sources/stock.ts';
import type { EvaluateStockAlerts } from '../../shared/alerts/stock-alert-service.ts';
import { stockLocationKind } from '../../shared/kernel/ids.ts';
import type { ReduceReservations } from '../../shared/materials/reservation-service.ts';
import type { RowChange } from '../../shared/platform/stream-handler.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';

type LoadItemsDeps = { readonly registry: RegistryStore };

export const loadItems = async (
  changes: readonly RowChange<StockRow>[],
  { registry }: LoadItemsDeps,
): Promise<void> => {
  await registry.entries(
    'items',
    changes.flatMap(({ after }) => (after ? [after.item] : [])),
  );
};

type EvaluateStockDeps = {
  readonly count: CountMetric;
  readonly evaluateStock: EvaluateStockAlerts;
  readonly registry: RegistryStore;
  readonly reduceReservations: ReduceReservations;
};

/**
 * A stream record is a hint, so this reads the row again. A row that is not and was not low costs
 * no read.
 */
export const evaluateStockChange = async (
  { before, after }: RowChange<StockRow>,
  { registry, evaluateStock, reduceReservations, count }: EvaluateStockDeps,
): Promise<void> => {
  if (!after) return;
  if (after.free < 0 && stockLocationKind(after.location) === 'depots')
    count('RequestsReduced', await reduceReservations(after.location, after.item));
  const item = await registry.entry('items', after.item);
  if (!item) return;
  const isLow = (row: StockRow | undefined) =>
    row && isLowOrNegative(row, reorderPointOf(row, item.entry.reorderPoint));
  if (!isLow(before) && !isLow(after)) return;
  countAlerts(count, await evaluateStock(after.location, after.item));
};

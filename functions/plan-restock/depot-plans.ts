import { lastEnded } from '../../shared/domain/closes/close-day.ts';
import type { LocationId } from '../../shared/domain/ids.ts';
import { DEPOT_WINDOW, depotPlan, recentMean } from '../../shared/domain/restock/depot-plan.ts';
import { DEPOT_TERMS } from '../../shared/domain/restock/terms.ts';
import type { StockRow } from '../../shared/domain/stock.ts';
import { addDays } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import type { PlanFor } from './outlet-plans.ts';

/** Materials come from suppliers, whose days the registry says; what is issued of them, the depot's own closes of two months. */
export const depotPlans = async (
  location: LocationId,
  lead: number,
  _rows: readonly StockRow[],
  { closes, clock }: Composition,
): Promise<PlanFor> => {
  const to = lastEnded(clock.now());
  const days = await closes.between(location, { from: addDays(to, 1 - DEPOT_WINDOW), to });
  const byItem = Map.groupBy(
    days.flatMap(({ items }) => items),
    ({ item }) => item,
  );
  return (item) => {
    const mean = recentMean(byItem.get(item) ?? []);
    return mean === undefined ? undefined : depotPlan(mean, { ...DEPOT_TERMS, lead });
  };
};

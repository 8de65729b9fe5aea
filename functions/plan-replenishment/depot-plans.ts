import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Clock } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import {
  DEPOT_WINDOW_DAYS,
  depotPlanOf,
  meanDailyIssue,
  minIssueLimitOf,
} from '../../shared/replenishment/depot-plan.ts';
import { DEPOT_TERMS } from '../../shared/replenishment/lead-time.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { seasonalFactorOn, seasonalFactorsFor } from '../../shared/replenishment/seasonal-events.ts';
import type { StockRow } from '../../shared/stock/stock.ts';
import type { PlanFor } from './outlet-plans.ts';

export type DepotPlansDeps = {
  readonly calendar: FestivalCalendar;
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly registry: RegistryStore;
};

/** Uses the registry's lead days and 60 days of issues. */
export const readDepotPlans = async (
  location: StockLocationId,
  lead: number,
  rows: readonly StockRow[],
  { closes, registry, calendar, clock }: DepotPlansDeps,
): Promise<PlanFor> => {
  const to = lastEndedDay(clock.now());
  const days = await closes.between(location, { from: addDays(to, 1 - DEPOT_WINDOW_DAYS), to });
  const byItem = Map.groupBy(
    days.flatMap(({ day, items }) => items.map((item) => ({ ...item, day }))),
    ({ item }) => item,
  );
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const district = (await registry.entry('depots', location))?.entry.district;
  const { festivals, scope } = await calendar(new Set(items.values().map(({ entry }) => entry.product)));
  const terms = { ...DEPOT_TERMS, leadDays: lead };
  return (id) => {
    const item = items.get(id)?.entry;
    if (!item || !district) return undefined;
    const scopeHere = scope(item.product, district);
    const issued = (byItem.get(id) ?? []).map(({ day, issued: all, mistaken = 0, exposure }) => ({
      issued: all - mistaken,
      exposure,
      season: seasonalFactorOn(festivals, scopeHere, addDays(day, terms.aheadDays)),
    }));
    const mean = meanDailyIssue(issued, minIssueLimitOf(item));
    if (mean === undefined) return undefined;
    return depotPlanOf(mean, terms, seasonalFactorsFor(festivals, scopeHere, addDays(to, terms.aheadDays), terms));
  };
};

import { stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { StockLocationMessage } from '../../shared/platform/jobs.ts';
import { forEachIsolated } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { DEFAULT_LEAD_DAYS } from '../../shared/replenishment/lead-time.ts';
import { isSamePlan } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { type DepotPlansDeps, readDepotPlans } from './depot-plans.ts';
import { type OutletPlansDeps, readOutletPlans } from './outlet-plans.ts';

type PlanReplenishmentDeps = {
  readonly count: CountMetric;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
} & DepotPlansDeps &
  OutletPlansDeps;

/** Repeatable. A failed item does not stop the others. */
export const planReplenishment = async (
  { location }: StockLocationMessage,
  deps: PlanReplenishmentDeps,
): Promise<void> => {
  const { stock, registry, count } = deps;
  const kind = stockLocationKind(location);
  const place = await registry.entry(kind, location);
  if (!place) return;
  const rows = await allPages((after) => stock.at(location, after, 'a moment ago'));
  const planFor = await (kind === 'outlets' ? readOutletPlans : readDepotPlans)(
    location,
    place.entry.leadDays ?? DEFAULT_LEAD_DAYS,
    rows,
    deps,
  );
  await forEachIsolated('an item', rows, async (row) => {
    const plan = planFor(row.item);
    if (!plan || isSamePlan(plan, row.plan)) return;
    await stock.plan(location, row.item, plan);
    count('PlansChanged', 1);
  });
  count('LocationsReplanned', 1);
};

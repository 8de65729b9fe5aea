import { locationKind } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { eachApart } from '../../shared/platform/isolate-failures.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { USUAL_LEAD_DAYS } from '../../shared/replenishment/supply-terms.ts';
import { isSamePlan } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { type DepotPlansDeps, depotPlans } from './depot-plans.ts';
import { type OutletPlansDeps, outletPlans } from './outlet-plans.ts';

type PlanReplenishmentDeps = {
  readonly count: Count;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
} & DepotPlansDeps &
  OutletPlansDeps;

/** Plans what one location keeps of each item, and writes what changed: selling is not disturbed by the rest. Planned twice, it is the same. */
export const planReplenishment = async ({ location }: LocationMessage, deps: PlanReplenishmentDeps): Promise<void> => {
  const { stock, registry, count } = deps;
  const kind = locationKind(location);
  const place = await registry.entry(kind, location);
  if (!place) return;
  const rows = await everything((after) => stock.at(location, after, 'a moment ago'));
  const planFor = await (kind === 'outlets' ? outletPlans : depotPlans)(
    location,
    place.entry.leadDays ?? USUAL_LEAD_DAYS,
    rows,
    deps,
  );
  await eachApart('an item', rows, async (row) => {
    const plan = planFor(row.item);
    if (!plan || isSamePlan(plan, row.plan)) return;
    await stock.plan(location, row.item, plan);
    count('PlansChanged', 1);
  });
  count('LocationsReplanned', 1);
};

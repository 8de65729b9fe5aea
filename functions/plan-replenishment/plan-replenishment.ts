import { stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import type { StockLocationMessage } from '../../shared/platform/jobs.ts';
import { forEachIsolated } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
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
  const { stock, registry, count, clock } = deps;
  const today = dayOf(clock.now());
  const kind = stockLocationKind(location);
  const place = await registry.entry(kind, location);
  if (!place || !isOpenOn(place.entry, today)) return;
  const all = await allPages((after) => stock.at(location, after, 'a moment ago'));
  const items = await registry.entries(
    'items',
    all.map(({ item }) => item),
  );
  const rows = all.filter(({ item }) => isOpenOn(items.get(item)?.entry ?? {}, today));
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

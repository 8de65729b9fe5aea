import type { FailureAlerts } from '../../shared/alerts/failure-alert-service.ts';
import { stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import type { StockLocationMessage } from '../../shared/platform/jobs.ts';
import { forEachIsolated } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import { sellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { DEFAULT_LEAD_DAYS } from '../../shared/replenishment/lead-time.ts';
import { isSamePlan, isShort, reorderPointOf } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { type DepotPlansDeps, readDepotPlans } from './depot-plans.ts';
import { type OutletPlansDeps, readOutletPlans } from './outlet-plans.ts';

/** New alerts of a location a night. Beyond it plans wait, and an alert asks for a look. */
const MAX_OPENED_A_NIGHT = 10;

type PlanReplenishmentDeps = {
  readonly failureAlerts: FailureAlerts;
  readonly count: CountMetric;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
} & DepotPlansDeps &
  OutletPlansDeps;

/** Repeatable. A failed item does not stop the others. */
export const planReplenishment = async (
  { location, day }: StockLocationMessage,
  deps: PlanReplenishmentDeps,
): Promise<void> => {
  const { stock, registry, count, clock, failureAlerts } = deps;
  const today = dayOf(clock.now());
  const kind = stockLocationKind(location);
  const place = await registry.entry(kind, location);
  if (!place || !isOpenOn(place.entry, today)) return;
  const all = await allPages((after) => stock.at(location, after, 'a moment ago'));
  const items = await registry.entries(
    'items',
    all.map(({ item }) => item),
  );
  const sellers = sellersAt(place.entry, clock.now());
  const here = [...items.values()].filter(({ entry }) => sellers.includes(entry.seller));
  const open = await registry.openItems(here, today);
  const rows = all.filter(({ item }) => !items.has(item) || open.has(item));
  const planFor = await (kind === 'outlets' ? readOutletPlans : readDepotPlans)(
    location,
    place.entry.leadDays ?? DEFAULT_LEAD_DAYS,
    rows,
    deps,
  );
  const changes = rows.flatMap((row) => {
    const plan = planFor(row.item);
    return plan && !isSamePlan(plan, row.plan) ? [{ row, plan }] : [];
  });
  const opening = changes.filter(({ row, plan }) => {
    const registered = items.get(row.item)?.entry.reorderPoint ?? 0;
    return !isShort(row, reorderPointOf(row, registered)) && isShort(row, reorderPointOf({ plan }, registered));
  });
  const delayed = new Set(opening.slice(MAX_OPENED_A_NIGHT).map(({ row }) => row.item));
  await forEachIsolated(
    'an item',
    changes.filter(({ row }) => !delayed.has(row.item)),
    async ({ row, plan }) => {
      await stock.plan(location, row.item, plan);
      count('PlansChanged', 1);
    },
  );
  const look = { location, work: 'look-at-plans', day } as const;
  const wouldOpen = `${opening.length} items would run short at once by their new plans; ${delayed.size} plans wait`;
  await (delayed.size > 0 ? failureAlerts.open(look, new Error(wouldOpen)) : failureAlerts.resolve(look));
  count('LocationsReplanned', 1);
};

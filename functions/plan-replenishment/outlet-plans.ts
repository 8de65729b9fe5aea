import { lastEnded } from '../../shared/day-close/close-day.ts';
import type { ItemId, LocationId, ProductId } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { PacesStore } from '../../shared/replenishment/demand-model-store.ts';
import { pacesOf } from '../../shared/replenishment/demand-rate.ts';
import { MODEL } from '../../shared/replenishment/model-parameters.ts';
import { NO_SEASON, planOf, type Season } from '../../shared/replenishment/plan.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { seasonFor } from '../../shared/replenishment/seasonal-events.ts';
import { OUTLET_TERMS } from '../../shared/replenishment/supply-terms.ts';
import type { StockPlan, StockRow } from '../../shared/stock/stock.ts';
import { type AllocationSharesDeps, sharesOf } from './allocation-shares.ts';
import { type LeadTimesDeps, leadsTo } from './lead-times.ts';

export type PlanFor = (item: ItemId) => StockPlan | undefined;

const WEEK = 7;
/** Two digits: what sells once a year is told too. */
const rough = (n: number): number => Number(n.toPrecision(2));

export type OutletPlansDeps = {
  readonly calendar: FestivalCalendar;
  readonly clock: Clock;
  readonly paces: PacesStore;
  readonly registry: RegistryStore;
} & AllocationSharesDeps &
  LeadTimesDeps;

/** From the pace of each product and outlet, and how long goods of its seller take to come. Before enough days were folded, the registry's reorder points hold. */
export const outletPlans = async (
  location: LocationId,
  usualLead: number,
  rows: readonly StockRow[],
  deps: OutletPlansDeps,
): Promise<PlanFor> => {
  const paces = await deps.paces.of(location);
  if (!paces || paces.days < MODEL.warmUp) return () => undefined;
  const items = await deps.registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const products = Map.groupBy(
    rows.map(({ item }) => item).filter((item) => items.has(item)),
    (item) => items.get(item)?.entry.product ?? '',
  );
  const shareOf = await sharesOf(location, products, deps);
  const leadOf = await leadsTo(location, usualLead, deps);
  const paceOf = pacesOf(paces, MODEL, paces.scale);
  const seasonOf = await seasonsAt(location, new Set([...items.values()].map(({ entry }) => entry.product)), deps);
  return (id) => {
    const item = items.get(id)?.entry;
    if (!item) return undefined;
    const [pace, lead] = [paceOf(location, item.product), leadOf(item.seller)];
    const share = shareOf(id);
    const terms = { ...OUTLET_TERMS, lead };
    const season = seasonOf(item.product, terms);
    const told = {
      othersPerWeek: rough(pace.rate * share * WEEK),
      factor: rough(pace.outlet * pace.local),
      leadDays: lead,
      ...(season.until !== 1 && { season: rough(season.until) }),
    };
    return {
      ...planOf({ ...pace, mean: pace.mean * share, known: pace.known * share }, terms, season),
      pace: told,
    };
  };
};

/** What the festivals ahead bring here, as they are entered now. */
const seasonsAt = async (
  outlet: LocationId,
  products: ReadonlySet<ProductId>,
  { registry, calendar, clock }: OutletPlansDeps,
): Promise<(product: ProductId, terms: Parameters<typeof seasonFor>[3]) => Season> => {
  const district = (await registry.entry('outlets', outlet))?.entry.district;
  const { festivals, shelf } = await calendar(products);
  const evening = lastEnded(clock.now());
  return (product, terms) => (district ? seasonFor(festivals, shelf(product, district), evening, terms) : NO_SEASON);
};

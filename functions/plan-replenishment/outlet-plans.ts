import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { ItemId, ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { addDays, type Clock } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { MODEL_PARAMETERS } from '../../shared/replenishment/demand-model.ts';
import type { DemandModelStore } from '../../shared/replenishment/demand-model-store.ts';
import { type DemandRate, demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import { OUTLET_TERMS } from '../../shared/replenishment/lead-time.ts';
import {
  NO_SEASONAL_FACTORS,
  replenishmentPlanOf,
  type SeasonalFactors,
} from '../../shared/replenishment/replenishment-plan.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { seasonalFactorsFor } from '../../shared/replenishment/seasonal-events.ts';
import type { StockPlan, StockRow } from '../../shared/stock/stock.ts';
import { type LeadTimesDeps, readLeadTimes } from './lead-times.ts';

export type PlanFor = (item: ItemId) => StockPlan | undefined;

const DAYS_PER_WEEK = 7;
/** Keeps slow sellers above 0. */
const roundToTwoDigits = (n: number): number => Number(n.toPrecision(2));

export type OutletPlansDeps = {
  readonly calendar: FestivalCalendar;
  readonly clock: Clock;
  readonly paces: DemandModelStore;
  readonly registry: RegistryStore;
} & AllocationSharesDeps &
  LeadTimesDeps;

/**
 * Undefined during the model's warm-up, and until the outlet's first sale: the registry's reorder
 * points hold.
 */
export const readOutletPlans = async (
  location: StockLocationId,
  usualLead: number,
  rows: readonly StockRow[],
  deps: OutletPlansDeps,
): Promise<PlanFor> => {
  const paces = await deps.paces.of(location);
  if (!paces || paces.days < MODEL_PARAMETERS.warmUp || paces.outlets.length === 0) return () => undefined;
  const items = await deps.registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const products = Map.groupBy(
    rows.map(({ item }) => item).filter((item) => items.has(item)),
    (item) => items.get(item)?.entry.product ?? '',
  );
  const shareOf = await readItemShares(location, products, deps);
  const leadOf = await readLeadTimes(location, usualLead, deps);
  const paceOf = demandRateReader(paces, MODEL_PARAMETERS, paces.scale);
  const seasonOf = await readSeasonalFactors(
    location,
    new Set([...items.values()].map(({ entry }) => entry.product)),
    deps,
  );
  return (id) => {
    const item = items.get(id)?.entry;
    if (!item) return undefined;
    const pace = paceOf(location, item.product);
    const lead = leadOf(item.seller);
    const share = shareOf(id);
    const terms = { ...OUTLET_TERMS, leadDays: lead };
    const season = seasonOf(item.product, terms);
    const explanation = {
      ...othersOf(pace, share),
      leadDays: lead,
      ...(season.until !== 1 && { season: roundToTwoDigits(season.until) }),
    };
    return {
      ...replenishmentPlanOf({ ...pace, mean: pace.mean * share, known: pace.known * share }, terms, season),
      pace: explanation,
    };
  };
};

/** The weekly sales of other outlets, and how they compare; alone, its own. */
const othersOf = ({ others, mean }: DemandRate, share: number) =>
  others === undefined
    ? { othersPerWeek: roundToTwoDigits(mean * share * DAYS_PER_WEEK), factor: 1, alone: true as const }
    : { othersPerWeek: roundToTwoDigits(others * share * DAYS_PER_WEEK), factor: roundToTwoDigits(mean / others) };

const readSeasonalFactors = async (
  outlet: StockLocationId,
  products: ReadonlySet<ProductId>,
  { registry, calendar, clock }: OutletPlansDeps,
): Promise<(product: ProductId, terms: Parameters<typeof seasonalFactorsFor>[3]) => SeasonalFactors> => {
  const district = (await registry.entry('outlets', outlet))?.entry.district;
  const { festivals, scope } = await calendar(products);
  const evening = lastEndedDay(clock.now());
  return (product, terms) =>
    district ? seasonalFactorsFor(festivals, scope(product, district), evening, terms) : NO_SEASONAL_FACTORS;
};

const SALES_WINDOW_DAYS = 28;

type AllocationSharesDeps = { readonly clock: Clock; readonly closes: CloseStore };

/** Shares are equal without sales. Reads nothing if every product has one item. */
const readItemShares = async (
  location: StockLocationId,
  products: ReadonlyMap<string, readonly ItemId[]>,
  { closes, clock }: AllocationSharesDeps,
): Promise<(item: ItemId) => number> => {
  const shared = [...products.values()].filter((items) => items.length > 1);
  if (shared.length === 0) return () => 1;
  const to = lastEndedDay(clock.now());
  const days = await closes.between(location, { from: addDays(to, 1 - SALES_WINDOW_DAYS), to });
  const sold = new Map<ItemId, number>();
  for (const closedItem of days.flatMap(({ items }) => items))
    sold.set(closedItem.item, (sold.get(closedItem.item) ?? 0) + closedItem.sold - (closedItem.mistaken ?? 0));
  const shares = shared.flatMap((items) => {
    const all = sumOf(items.map((item) => 1 + (sold.get(item) ?? 0)));
    return items.map((item) => [item, (1 + (sold.get(item) ?? 0)) / all] as const);
  });
  const byItem = new Map(shares);
  return (item) => byItem.get(item) ?? 1;
};

import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { ItemId, ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Clock } from '../../shared/kernel/time.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { MODEL_PARAMETERS } from '../../shared/replenishment/demand-model.ts';
import type { DemandModelStore } from '../../shared/replenishment/demand-model-store.ts';
import { type DemandRate, demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import {
  daySalesOf,
  itemSharesOf,
  itemsSharingProduct,
  SHARE_WINDOW_DAYS,
} from '../../shared/replenishment/item-shares.ts';
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
} & ItemSharesDeps &
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
  const paceOf = demandRateReader(paces, MODEL_PARAMETERS, paces.scale);
  const shareOf = await readItemShares(location, items, (product) => paceOf(location, product).mean, deps);
  const leadOf = await readLeadTimes(location, usualLead, deps);
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

type ItemSharesDeps = { readonly clock: Clock; readonly closes: CloseStore };

/** Reads nothing if every product has one item. */
const readItemShares = async (
  location: StockLocationId,
  items: ReadonlyMap<ItemId, EntryOf<'items'>>,
  meanOf: (product: ProductId) => number,
  { closes, clock }: ItemSharesDeps,
): Promise<(item: ItemId) => number> => {
  const shared = itemsSharingProduct(new Map([...items].map(([item, { entry }]) => [item, entry])));
  if (shared.length === 0) return () => 1;
  const to = lastEndedDay(clock.now());
  const days = (await closes.between(location, { from: addDays(to, 1 - SHARE_WINDOW_DAYS), to })).map(daySalesOf);
  const shares = shared.flatMap((one) => [...itemSharesOf({ ...one, mean: meanOf(one.product) }, days)]);
  const byItem = new Map(shares);
  return (item) => byItem.get(item) ?? 1;
};

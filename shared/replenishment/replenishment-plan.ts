import type { ItemUnit } from '../kernel/units.ts';
import { isShort, reorderPointOf, type StockPlan, type StockRow } from '../stock/stock.ts';
import type { DemandRate } from './demand-rate.ts';
import { negativeBinomialQuantile } from './negative-binomial.ts';

/** In days. `lead`: dispatch to receipt; `review`: between plans; `cover`: per delivery. */
export type PlanTerms = {
  readonly leadDays: number;
  readonly reviewDays: number;
  readonly coverDays: number;
  /** Share of demand met from stock. */
  readonly serviceLevel: number;
};

/** Multiples of normal demand: `until` the next delivery, and for the days that it covers. */
export type SeasonalFactors = { readonly until: number; readonly cover: number };

export const NO_SEASONAL_FACTORS: SeasonalFactors = { until: 1, cover: 1 };

/** Whole base units. At or below `reorderPoint`, fill to `target`. */
export type ReplenishmentPlan = { readonly reorderPoint: number; readonly target: number };

const MAX_QUANTITY = 100_000_000;
/** From 0 to the largest quantity of a plan. */
export const clampQuantity = (x: number): number => (x > 0 ? Math.min(x, MAX_QUANTITY) : 0);

/**
 * Slow sellers run this risk less often, so it may be larger. One level for all items needed 2-6%
 * more stock.
 */
export const serviceLevelOf = (mean: number, cover: number, service: number): number =>
  1 - (1 - service) * Math.max(1, 1 / (mean * Math.max(1, cover)));

/** An uncertain rate widens the variance, so new products get more stock. */
export const replenishmentPlanOf = (
  rate: Pick<DemandRate, 'mean' | 'known' | 'dispersion'>,
  { leadDays, reviewDays, coverDays, serviceLevel }: PlanTerms,
  season: SeasonalFactors = NO_SEASONAL_FACTORS,
): ReplenishmentPlan => {
  const mean = clampQuantity(clampQuantity(rate.mean) * clampQuantity(season.until));
  const demand = clampQuantity(mean * (clampQuantity(leadDays) + clampQuantity(reviewDays)));
  const variance =
    Math.max(1, clampQuantity(rate.dispersion)) * demand + demand ** 2 / Math.max(1e-6, clampQuantity(rate.known));
  const reorderPoint = clampQuantity(
    negativeBinomialQuantile(demand, variance, serviceLevelOf(mean, clampQuantity(coverDays), serviceLevel)),
  );
  const deliveryQuantity = clampQuantity(
    clampQuantity(rate.mean) * clampQuantity(season.cover) * clampQuantity(coverDays),
  );
  return { reorderPoint, target: reorderPoint + Math.max(1, Math.round(deliveryQuantity)) };
};

/** Without a plan: the registered reorder point and twice that. */
export const minMaxLevelsOf = (plan: StockPlan | undefined, registered: number): ReplenishmentPlan =>
  plan ?? { reorderPoint: registered, target: Math.max(1, 2 * registered) };

/** Base units missing to the target; 0 if not short. */
export const replenishmentQuantityOf = (
  row: Pick<StockRow, 'onHand' | 'inbound' | 'plan'>,
  registered: number,
): number =>
  isShort(row, reorderPointOf(row, registered))
    ? Math.max(0, minMaxLevelsOf(row.plan, registered).target - row.onHand - row.inbound)
    : 0;

export const soldPerDay = (plan: StockPlan | undefined): number =>
  plan?.pace ? (plan.pace.othersPerWeek * plan.pace.factor) / 7 : 0;

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);

/** Base units of the smallest larger unit, such as a kilogram; else 1. */
export const packSizeOf = (units: readonly ItemUnit[] = []): number => {
  const packs = units.map(({ base, per }) => base / greatestCommonDivisor(base, per)).filter((pack) => pack > 1);
  return packs.length > 0 ? Math.min(...packs) : 1;
};

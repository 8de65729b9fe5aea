import type { DemandRate } from './demand-rate.ts';
import { negativeBinomialQuantile } from './negative-binomial.ts';

/** Days and a probability. `lead`: from dispatch to receipt; `review`: between two looks; `cover`: how many days one delivery is for. */
export type PlanTerms = {
  readonly lead: number;
  readonly review: number;
  readonly cover: number;
  /** What part of what is wanted is to be there. */
  readonly service: number;
};

/** How many times as much is sold as on other days, until more could come and over the days that this is for. */
export type SeasonalFactors = { readonly until: number; readonly cover: number };

export const NO_SEASONAL_FACTORS: SeasonalFactors = { until: 1, cover: 1 };

/** In whole base units: at or below the first, enough is sent that the second is there or on its way. */
export type ReplenishmentPlan = { readonly reorderPoint: number; readonly target: number };

const MAX_QUANTITY = 100_000_000;
const clampQuantity = (x: number): number => (x > 0 ? Math.min(x, MAX_QUANTITY) : 0);

/**
 * How surely what is there is to last until more has come. One piece lasts longer than the cover where little is sold: there the shelf
 * runs its risk less often, and may run a greater one each time, so that a piece more would save as many sales wherever it is put. With that,
 * `service` is about the part of all that is wanted which is there; one sureness for all took 2 to 6 % more stock.
 */
export const serviceLevelOf = (mean: number, cover: number, service: number): number =>
  1 - (1 - service) * Math.max(1, 1 / (mean * Math.max(1, cover)));

/** What the pace and the days come to. What is not known of the pace widens the spread, so that what is new is kept a little higher. */
export const replenishmentPlanOf = (
  pace: Pick<DemandRate, 'mean' | 'known' | 'dispersion'>,
  { lead, review, cover, service }: PlanTerms,
  season: SeasonalFactors = NO_SEASONAL_FACTORS,
): ReplenishmentPlan => {
  const mean = clampQuantity(clampQuantity(pace.mean) * clampQuantity(season.until));
  const demand = clampQuantity(mean * (clampQuantity(lead) + clampQuantity(review)));
  const variance =
    Math.max(1, clampQuantity(pace.dispersion)) * demand + demand ** 2 / Math.max(1e-6, clampQuantity(pace.known));
  const reorderPoint = clampQuantity(
    negativeBinomialQuantile(demand, variance, serviceLevelOf(mean, clampQuantity(cover), service)),
  );
  const delivery = clampQuantity(clampQuantity(pace.mean) * clampQuantity(season.cover) * clampQuantity(cover));
  return { reorderPoint, target: reorderPoint + Math.max(1, Math.round(delivery)) };
};

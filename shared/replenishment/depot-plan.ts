import { NO_SEASONAL_FACTORS, type ReplenishmentPlan, type SeasonalFactors } from './replenishment-plan.ts';

/** `season`: how many times as much was to be drawn that day. */
export type DepotDay = { readonly issued: number; readonly exposure: number; readonly season?: number };

/** Issues are few and large: the mean of two months, the days without stock left out. */
export const DEPOT_WINDOW_DAYS = 60;
const MAX_QUANTITY = 100_000_000;

/** What is issued of a material on a day like any other; undefined where it was there on none of these days, and the plan before stands. */
export const meanDailyIssue = (days: readonly DepotDay[]): number | undefined => {
  const latest = days.slice(-DEPOT_WINDOW_DAYS);
  const there = latest.reduce(
    (sum, { issued, exposure, season = 1 }) => sum + Math.max(exposure, issued > 0 ? 0.5 : 0) * season,
    0,
  );
  return there > 0 ? latest.reduce((sum, { issued }) => sum + Math.max(0, issued), 0) / there : undefined;
};

/** `times`: how many times what is issued meanwhile is to be there. Not tuned: there is no data of depots. See docs/adr/0015. */
export type DepotTerms = {
  readonly lead: number;
  readonly review: number;
  readonly cover: number;
  readonly times: number;
};

const clampQuantity = (x: number): number => (x > 0 ? Math.min(x, MAX_QUANTITY) : 0);

/** In base units: grams may be many, so that there is no rounding to one piece but to a whole unit upwards. */
export const depotPlanOf = (
  mean: number,
  { lead, review, cover, times }: DepotTerms,
  season: SeasonalFactors = NO_SEASONAL_FACTORS,
): ReplenishmentPlan => {
  const [until, after] = [
    clampQuantity(clampQuantity(mean) * clampQuantity(season.until)),
    clampQuantity(clampQuantity(mean) * clampQuantity(season.cover)),
  ];
  const reorderPoint = Math.ceil(
    clampQuantity(until * (clampQuantity(lead) + clampQuantity(review)) * clampQuantity(times)),
  );
  return { reorderPoint, target: reorderPoint + Math.max(1, Math.ceil(clampQuantity(after * clampQuantity(cover)))) };
};

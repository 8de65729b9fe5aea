import { NO_SEASONAL_FACTORS, type ReplenishmentPlan, type SeasonalFactors } from './replenishment-plan.ts';

/** `season`: multiple of normal demand. */
export type DepotDay = { readonly issued: number; readonly exposure: number; readonly season?: number };

/** Issues are few and large, so the mean covers two months. */
export const DEPOT_WINDOW_DAYS = 60;
const MAX_QUANTITY = 100_000_000;

/** Per normal day; undefined if the material was never in stock. */
export const meanDailyIssue = (days: readonly DepotDay[]): number | undefined => {
  const latest = days.slice(-DEPOT_WINDOW_DAYS);
  const exposedDays = latest.reduce(
    (sum, { issued, exposure, season = 1 }) => sum + Math.max(exposure, issued > 0 ? 0.5 : 0) * season,
    0,
  );
  return exposedDays > 0 ? latest.reduce((sum, { issued }) => sum + Math.max(0, issued), 0) / exposedDays : undefined;
};

/** Not tuned without depot data; see docs/adr/0015. */
export type DepotTerms = {
  readonly leadDays: number;
  readonly reviewDays: number;
  readonly coverDays: number;
  readonly safetyFactor: number;
};

const clampQuantity = (x: number): number => (x > 0 ? Math.min(x, MAX_QUANTITY) : 0);

/** Rounded up to whole base units. */
export const depotPlanOf = (
  mean: number,
  { leadDays, reviewDays, coverDays, safetyFactor }: DepotTerms,
  season: SeasonalFactors = NO_SEASONAL_FACTORS,
): ReplenishmentPlan => {
  const until = clampQuantity(clampQuantity(mean) * clampQuantity(season.until));
  const after = clampQuantity(clampQuantity(mean) * clampQuantity(season.cover));
  const reorderPoint = Math.ceil(
    clampQuantity(until * (clampQuantity(leadDays) + clampQuantity(reviewDays)) * clampQuantity(safetyFactor)),
  );
  return {
    reorderPoint,
    target: reorderPoint + Math.max(1, Math.ceil(clampQuantity(after * clampQuantity(coverDays)))),
  };
};

import { sumOf } from '../kernel/quantity.ts';
import { MODEL_PARAMETERS } from './demand-model.ts';
import { UNITS_PER_PIECE } from './item-shares.ts';
import {
  clampQuantity,
  NO_SEASONAL_FACTORS,
  type ReplenishmentPlan,
  type SeasonalFactors,
} from './replenishment-plan.ts';

/** `issued`: base units, net of issues taken back. `season`: multiple of normal demand. */
export type DepotDay = { readonly issued: number; readonly exposure: number; readonly season?: number };

/** Issues are few and large, so the mean covers two months. */
export const DEPOT_WINDOW_DAYS = 60;

/** Times the largest other day. */
const OUTLIER_TIMES = 2;

/**
 * Base units. An issue up to this size always counts: the greater of four pieces and the registered
 * reorder point, an officer's estimate.
 */
export const minIssueLimitOf = ({
  unit,
  reorderPoint,
}: {
  readonly unit: keyof typeof UNITS_PER_PIECE;
  readonly reorderPoint: number;
}): number => Math.max(MODEL_PARAMETERS.outlierLimit.pieces * UNITS_PER_PIECE[unit], reorderPoint);

/**
 * Base units that a day counts at most: a larger one is a typing error or a rare draw. `minLimit`
 * always counts, because the first issues of a material have no other day to compare with.
 */
export const issueLimitOf = (days: readonly DepotDay[], minLimit: number): number => {
  const [, second = 0] = days.map(({ issued }) => issued).toSorted((one, other) => other - one);
  return Math.max(minLimit, OUTLIER_TIMES * second);
};

/** Per normal day; undefined if the material was not in stock in these days. */
export const meanDailyIssue = (days: readonly DepotDay[], minLimit: number): number | undefined => {
  const latest = days.slice(-DEPOT_WINDOW_DAYS);
  const limit = issueLimitOf(latest, minLimit);
  const exposedDays = latest.reduce(
    (sum, { issued, exposure, season = 1 }) => sum + Math.max(exposure, issued > 0 ? 0.5 : 0) * season,
    0,
  );
  const counted = sumOf(latest.map(({ issued }) => Math.min(limit, Math.max(0, issued))));
  return exposedDays > 0 ? counted / exposedDays : undefined;
};

/** `safetyFactor` is not tuned: no depot data exist (docs/adr/0015). */
export type DepotTerms = {
  readonly leadDays: number;
  readonly reviewDays: number;
  readonly coverDays: number;
  readonly safetyFactor: number;
};

/** Rounded up to whole base units. */
export const depotPlanOf = (
  mean: number,
  { leadDays, reviewDays, coverDays, safetyFactor }: DepotTerms,
  season: SeasonalFactors = NO_SEASONAL_FACTORS,
): ReplenishmentPlan => {
  const meanUntilDelivery = clampQuantity(clampQuantity(mean) * clampQuantity(season.until));
  const meanAfterDelivery = clampQuantity(clampQuantity(mean) * clampQuantity(season.cover));
  const reorderPoint = Math.ceil(
    clampQuantity(
      meanUntilDelivery * (clampQuantity(leadDays) + clampQuantity(reviewDays)) * clampQuantity(safetyFactor),
    ),
  );
  return {
    reorderPoint,
    target: reorderPoint + Math.max(1, Math.ceil(clampQuantity(meanAfterDelivery * clampQuantity(coverDays)))),
  };
};

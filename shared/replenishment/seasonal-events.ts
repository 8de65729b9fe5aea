import type { DistrictId } from '../kernel/ids.ts';
import { addDays, type Day } from '../kernel/time.ts';
import { type Festival, MAX_FESTIVAL_FACTOR, MIN_FESTIVAL_FACTOR } from '../registry/entries.ts';
import type { PlanTerms, SeasonalFactors } from './replenishment-plan.ts';

export const clampFactor = (factor: number): number =>
  Math.min(MAX_FESTIVAL_FACTOR, Math.max(MIN_FESTIVAL_FACTOR, factor));
/** The product's craft and the outlet's district. */
export type SalesScope = { readonly craft: string; readonly district: DistrictId };

export const isFestivalFor = (festival: Festival, { craft, district }: SalesScope): boolean =>
  (festival.craft ?? craft) === craft && (festival.district ?? district) === district;

/** Within bounds. */
export const seasonalFactorOn = (festivals: readonly Festival[], shelf: SalesScope, day: Day): number => {
  const factors = festivals
    .filter((festival) => festival.from <= day && day <= festival.to && isFestivalFor(festival, shelf))
    .map(({ factor }) => factor)
    // Sorted, so that any order gives equal bits.
    .sort((one, other) => one - other);
  return clampFactor(factors.reduce((product, factor) => product * factor, 1));
};

export const meanSeasonalFactor = (
  festivals: readonly Festival[],
  shelf: SalesScope,
  from: Day,
  days: number,
): number => {
  const span = Math.max(1, Math.min(366, Math.ceil(days)));
  let sum = 0;
  for (let at = 0; at < span; at++) sum += seasonalFactorOn(festivals, shelf, addDays(from, at));
  return sum / span;
};

/** Days start tomorrow. */
export const seasonalFactorsFor = (
  festivals: readonly Festival[],
  shelf: SalesScope,
  evening: Day,
  { leadDays, reviewDays, coverDays }: Pick<PlanTerms, 'leadDays' | 'reviewDays' | 'coverDays'>,
): SeasonalFactors => {
  const tomorrow = addDays(evening, 1);
  const until = Math.ceil(leadDays + reviewDays);
  return {
    until: meanSeasonalFactor(festivals, shelf, tomorrow, until),
    cover: meanSeasonalFactor(festivals, shelf, addDays(tomorrow, until), coverDays),
  };
};

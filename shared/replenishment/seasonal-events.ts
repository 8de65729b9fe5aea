import type { DistrictId } from '../kernel/ids.ts';
import { addDays, type Day } from '../kernel/time.ts';
import { type Festival, MAX_FESTIVAL_FACTOR, MIN_FESTIVAL_FACTOR } from '../registry/festival.ts';
import type { PlanTerms, SeasonalFactors } from './replenishment-plan.ts';

export const clampFactor = (factor: number): number =>
  Math.min(MAX_FESTIVAL_FACTOR, Math.max(MIN_FESTIVAL_FACTOR, factor));
/** What is sold where: the craft of the product, and the district of the outlet. */
export type SalesScope = { readonly craft: string; readonly district: DistrictId };

export const isFestivalFor = (festival: Festival, { craft, district }: SalesScope): boolean =>
  (festival.craft ?? craft) === craft && (festival.district ?? district) === district;

/** What all festivals of a day come to: a wedding in Diwali week counts as both, within bounds. */
export const seasonalFactorOn = (festivals: readonly Festival[], shelf: SalesScope, day: Day): number => {
  const factors = festivals
    .filter((festival) => festival.from <= day && day <= festival.to && isFestivalFor(festival, shelf))
    .map(({ factor }) => factor)
    // Whatever order they were entered in: the same product to the bit.
    .sort((one, other) => one - other);
  return clampFactor(factors.reduce((product, factor) => product * factor, 1));
};

/** The mean over so many days from one on. */
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

/** For a plan made on the evening of a day: until more could come, and for the days that this is for. What comes after the fair is not kept for it. */
export const seasonalFactorsFor = (
  festivals: readonly Festival[],
  shelf: SalesScope,
  evening: Day,
  { lead, review, cover }: Pick<PlanTerms, 'lead' | 'review' | 'cover'>,
): SeasonalFactors => {
  const tomorrow = addDays(evening, 1);
  const until = Math.ceil(lead + review);
  return {
    until: meanSeasonalFactor(festivals, shelf, tomorrow, until),
    cover: meanSeasonalFactor(festivals, shelf, addDays(tomorrow, until), cover),
  };
};

import type { DistrictId } from '../kernel/ids.ts';
import { addDays, type Day } from '../kernel/time.ts';
import { type Festival, LEAST, MOST } from '../registry/festival.ts';
import type { Season, Terms } from './plan.ts';

export const withinBounds = (factor: number): number => Math.min(MOST, Math.max(LEAST, factor));
/** What is sold where: the craft of the product, and the district of the outlet. */
export type Shelf = { readonly craft: string; readonly district: DistrictId };

export const isOf = (festival: Festival, { craft, district }: Shelf): boolean =>
  (festival.craft ?? craft) === craft && (festival.district ?? district) === district;

/** What all festivals of a day come to: a wedding in Diwali week counts as both, within bounds. */
export const factorOn = (festivals: readonly Festival[], shelf: Shelf, day: Day): number => {
  const factors = festivals
    .filter((festival) => festival.from <= day && day <= festival.to && isOf(festival, shelf))
    .map(({ factor }) => factor)
    // Whatever order they were entered in: the same product to the bit.
    .sort((one, other) => one - other);
  return withinBounds(factors.reduce((product, factor) => product * factor, 1));
};

/** The mean over so many days from one on. */
export const factorOver = (festivals: readonly Festival[], shelf: Shelf, from: Day, days: number): number => {
  const span = Math.max(1, Math.min(366, Math.ceil(days)));
  let sum = 0;
  for (let at = 0; at < span; at++) sum += factorOn(festivals, shelf, addDays(from, at));
  return sum / span;
};

/** For a plan made on the evening of a day: until more could come, and for the days that this is for. What comes after the fair is not kept for it. */
export const seasonFor = (
  festivals: readonly Festival[],
  shelf: Shelf,
  evening: Day,
  { lead, review, cover }: Pick<Terms, 'lead' | 'review' | 'cover'>,
): Season => {
  const tomorrow = addDays(evening, 1);
  const until = Math.ceil(lead + review);
  return {
    until: factorOver(festivals, shelf, tomorrow, until),
    cover: factorOver(festivals, shelf, addDays(tomorrow, until), cover),
  };
};

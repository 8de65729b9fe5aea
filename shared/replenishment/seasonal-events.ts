import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import { addDays, Day } from '../kernel/time.ts';
import { Name } from '../registry/entries.ts';
import type { Season, Terms } from './plan.ts';

const LEAST = 0.05;
const MOST = 20;
export const withinBounds = (factor: number): number => Math.min(MOST, Math.max(LEAST, factor));

/** Days on which so many times as much is sold: of one craft or of all, in one district or everywhere. Officers edit them. */
export const Festival = z
  .strictObject({
    name: Name,
    nameHi: Name,
    from: Day,
    to: Day,
    factor: z.number().min(LEAST).max(MOST),
    craft: Name.optional(),
    district: DistrictId.optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'a festival ends on the day it starts, or later' });
export type Festival = z.infer<typeof Festival>;

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

import * as z from 'zod';
import { DistrictId, type LocationId, type ProductId } from '../ids.ts';
import { Name } from '../registry/entries.ts';
import { addDays, Day } from '../time.ts';
import type { SoldThere } from './fold-day.ts';
import type { Pace } from './pace.ts';
import type { Season, Terms } from './plan.ts';

const LEAST = 0.05;
const MOST = 20;

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
  return Math.min(
    MOST,
    Math.max(
      LEAST,
      factors.reduce((product, factor) => product * factor, 1),
    ),
  );
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

/** What a festival's days sold, and what the paces of its eve expected without it. */
export type Seen = { readonly sold: number; readonly expected: number };
export const NOTHING_SEEN: Seen = { sold: 0, expected: 0 };

/**
 * One of its days, those closes that it is of. `eve` reads the snapshot of the day before it began: later paces have already learned
 * from it, and would expect a part of what it brings. Other festivals of the day are in `season`, and taken out with it.
 */
export const seenOn = (
  seen: Seen,
  { factor }: Festival,
  eve: (outlet: LocationId, product: ProductId) => Pace,
  closes: readonly SoldThere[],
): Seen => {
  let { sold, expected } = seen;
  for (const close of closes) {
    sold += Math.max(0, close.sold);
    expected += Math.min(1, close.exposure) * eve(close.outlet, close.product).mean * ((close.season ?? 1) / factor);
  }
  return { sold, expected };
};

/** How much what was entered counts against what was seen, in units expected: a festival is a few days of one weather. */
const WEIGHT = 50;

/** The factor it had, for the next one of its kind: observed over expected, drawn towards what was entered. */
export const learnedFactor = (given: number, { sold, expected }: Seen): number =>
  Math.min(MOST, Math.max(LEAST, (WEIGHT * given + sold) / (WEIGHT + expected)));

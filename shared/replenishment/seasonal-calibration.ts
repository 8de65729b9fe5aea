import * as z from 'zod';
import { DistrictId, FestivalId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { Name } from '../registry/entries.ts';
import type { Festival } from '../registry/festival.ts';
import { withinBounds } from './seasonal-events.ts';

/** What a festival's days sold, and what the paces of its eve expected without it. */
export const Seen = z.strictObject({ sold: z.number().min(0), expected: z.number().min(0) });
export type Seen = z.infer<typeof Seen>;

export const NOTHING_SEEN: Seen = { sold: 0, expected: 0 };

export const added = (one: Seen, other: Seen): Seen => ({
  sold: one.sold + other.sold,
  expected: one.expected + other.expected,
});

/** What the days of a festival that is over taught: those days, at those shelves. `last`: which snapshot of its last day it was seen up to. */
export const Lesson = z.strictObject({
  festival: FestivalId,
  ...{ from: Day, to: Day, craft: Name.optional(), district: DistrictId.optional() },
  seen: Seen,
  last: z.string(),
});
export type Lesson = z.infer<typeof Lesson>;

/** How much what was entered counts against what was seen, in units expected: a festival is a few days of one weather. */
const WEIGHT = 50;

/** The factor it had, for the next one of its kind: observed over expected, drawn towards what was entered. */
export const learnedFactor = (given: number, { sold, expected }: Seen): number =>
  withinBounds((WEIGHT * given + sold) / (WEIGHT + expected));

/** Entered as it was when it taught: what was seen on other days, or of other crafts, is not this one's. */
export const isOfThose = (festival: Festival, lesson: Lesson): boolean =>
  festival.from === lesson.from && festival.to === lesson.to && isOfSameShelves(festival, lesson);

type Of = Pick<Festival, 'craft' | 'district'>;
const isOfSameShelves = (one: Of, other: Of): boolean => one.craft === other.craft && one.district === other.district;

const called = ({ name }: Festival): string => name.toLowerCase().replace(/\s+/g, ' ');

/** The same festival in another year, of the same craft and district, over before this one begins. */
export const isEarlier = (earlier: Festival, festival: Festival): boolean =>
  earlier.to < festival.from && called(earlier) === called(festival) && isOfSameShelves(earlier, festival);

type Entered = { readonly festival: FestivalId; readonly entry: Festival };

/** A festival as it is planned with. `given`: what was entered; `factor`: that, moved by what the earlier ones of its name taught, which are `taughtBy`. */
export type PlannedFestival = Festival & {
  readonly festival: FestivalId;
  readonly given: number;
  readonly taughtBy: readonly FestivalId[];
};

export const plannedOf = (entered: readonly Entered[], lessons: readonly Lesson[]): PlannedFestival[] =>
  entered.map(({ festival, entry }) => {
    const earlier = new Map(
      entered.filter((other) => isEarlier(other.entry, entry)).map((other) => [other.festival, other.entry]),
    );
    const taught = lessons
      .filter((lesson) => {
        const of = earlier.get(lesson.festival);
        return of && isOfThose(of, lesson);
      })
      .sort((one, other) => (one.festival < other.festival ? -1 : 1));
    const seen = taught.map((lesson) => lesson.seen).reduce(added, NOTHING_SEEN);
    return {
      ...{ festival, ...entry, given: entry.factor },
      ...(taught.length > 0 && { factor: learnedFactor(entry.factor, seen) }),
      taughtBy: taught.map((lesson) => lesson.festival),
    };
  });

import * as z from 'zod';
import { DistrictId, FestivalId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { Name } from '../registry/entries.ts';
import type { Festival } from '../registry/festival.ts';
import { clampFactor } from './seasonal-events.ts';

/** What a festival's days sold, and what the paces of its eve expected without it. */
export const SeasonalSample = z.strictObject({ sold: z.number().min(0), expected: z.number().min(0) });
export type SeasonalSample = z.infer<typeof SeasonalSample>;

export const EMPTY_SAMPLE: SeasonalSample = { sold: 0, expected: 0 };

export const addSamples = (one: SeasonalSample, other: SeasonalSample): SeasonalSample => ({
  sold: one.sold + other.sold,
  expected: one.expected + other.expected,
});

/** What the days of a festival that is over taught: those days, at those shelves. `last`: which snapshot of its last day it was seen up to. */
export const SeasonalCalibration = z.strictObject({
  festival: FestivalId,
  from: Day,
  to: Day,
  craft: Name.optional(),
  district: DistrictId.optional(),
  seen: SeasonalSample,
  last: z.string(),
});
export type SeasonalCalibration = z.infer<typeof SeasonalCalibration>;

/** How much what was entered counts against what was seen, in units expected: a festival is a few days of one weather. */
const ENTERED_FACTOR_WEIGHT = 50;

/** The factor it had, for the next one of its kind: observed over expected, drawn towards what was entered. */
export const calibratedFactor = (given: number, { sold, expected }: SeasonalSample): number =>
  clampFactor((ENTERED_FACTOR_WEIGHT * given + sold) / (ENTERED_FACTOR_WEIGHT + expected));

/** Entered as it was when it taught: what was seen on other days, or of other crafts, is not this one's. */
export const isCalibrationOf = (festival: Festival, lesson: SeasonalCalibration): boolean =>
  festival.from === lesson.from && festival.to === lesson.to && hasSameScope(festival, lesson);

type FestivalScope = Pick<Festival, 'craft' | 'district'>;
const hasSameScope = (one: FestivalScope, other: FestivalScope): boolean =>
  one.craft === other.craft && one.district === other.district;

const normalisedName = ({ name }: Festival): string => name.toLowerCase().replace(/\s+/g, ' ');

/** The same festival in another year, of the same craft and district, over before this one begins. */
export const isEarlierFestival = (earlier: Festival, festival: Festival): boolean =>
  earlier.to < festival.from && normalisedName(earlier) === normalisedName(festival) && hasSameScope(earlier, festival);

type FestivalEntry = { readonly festival: FestivalId; readonly entry: Festival };

/** A festival as it is planned with. `given`: what was entered; `factor`: that, moved by what the earlier ones of its name taught, which are `taughtBy`. */
export type PlannedFestival = Festival & {
  readonly festival: FestivalId;
  readonly enteredFactor: number;
  readonly taughtBy: readonly FestivalId[];
};

export const plannedFestivals = (
  entered: readonly FestivalEntry[],
  lessons: readonly SeasonalCalibration[],
): PlannedFestival[] =>
  entered.map(({ festival, entry }) => {
    const earlier = new Map(
      entered.filter((other) => isEarlierFestival(other.entry, entry)).map((other) => [other.festival, other.entry]),
    );
    const taught = lessons
      .filter((lesson) => {
        const of = earlier.get(lesson.festival);
        return of && isCalibrationOf(of, lesson);
      })
      .sort((one, other) => (one.festival < other.festival ? -1 : 1));
    const seen = taught.map((lesson) => lesson.seen).reduce(addSamples, EMPTY_SAMPLE);
    return {
      festival,
      ...entry,
      enteredFactor: entry.factor,
      ...(taught.length > 0 && { factor: calibratedFactor(entry.factor, seen) }),
      taughtBy: taught.map((lesson) => lesson.festival),
    };
  });

import * as z from 'zod';
import { DistrictId, FestivalId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { type Festival, Name } from '../registry/entries.ts';
import { clampFactor } from './seasonal-events.ts';

export const SeasonalSample = z.strictObject({ sold: z.number().min(0), expected: z.number().min(0) });
export type SeasonalSample = z.infer<typeof SeasonalSample>;

export const EMPTY_SAMPLE: SeasonalSample = { sold: 0, expected: 0 };

export const addSamples = (one: SeasonalSample, other: SeasonalSample): SeasonalSample => ({
  sold: one.sold + other.sold,
  expected: one.expected + other.expected,
});

/** `last`: snapshot run of the festival's last day. */
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

/** In expected units. */
const ENTERED_FACTOR_WEIGHT = 50;

/** Sold over expected, shrunk to the entered factor. */
export const calibratedFactor = (given: number, { sold, expected }: SeasonalSample): number =>
  clampFactor((ENTERED_FACTOR_WEIGHT * given + sold) / (ENTERED_FACTOR_WEIGHT + expected));

export const isCalibrationOf = (festival: Festival, lesson: SeasonalCalibration): boolean =>
  festival.from === lesson.from && festival.to === lesson.to && hasSameScope(festival, lesson);

type FestivalScope = Pick<Festival, 'craft' | 'district'>;
const hasSameScope = (one: FestivalScope, other: FestivalScope): boolean =>
  one.craft === other.craft && one.district === other.district;

const normalisedName = ({ name }: Festival): string => name.toLowerCase().replace(/\s+/g, ' ');

export const isEarlierFestival = (earlier: Festival, festival: Festival): boolean =>
  earlier.to < festival.from && normalisedName(earlier) === normalisedName(festival) && hasSameScope(earlier, festival);

type FestivalEntry = { readonly festival: FestivalId; readonly entry: Festival };

/** `taughtBy`: the festivals that calibrated `factor`. */
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
    const calibrations = lessons
      .filter((lesson) => {
        const earlierFestival = earlier.get(lesson.festival);
        return earlierFestival && isCalibrationOf(earlierFestival, lesson);
      })
      .sort((one, other) => (one.festival < other.festival ? -1 : 1));
    const sample = calibrations.map((lesson) => lesson.seen).reduce(addSamples, EMPTY_SAMPLE);
    return {
      festival,
      ...entry,
      enteredFactor: entry.factor,
      ...(calibrations.length > 0 && { factor: calibratedFactor(entry.factor, sample) }),
      taughtBy: calibrations.map((lesson) => lesson.festival),
    };
  });

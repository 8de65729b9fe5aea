import * as z from 'zod';
import { valueAtAverage } from '../day-close/average-cost.ts';
import { DistrictId, ItemId, StockLocationId } from '../kernel/ids.ts';
import { Sum } from '../kernel/sum.ts';
import { Day } from '../kernel/time.ts';
import type { LocationReport } from './report.ts';

/**
 * Base units, and paise at average cost. Negative `variance`: missing; negative `writtenOff`:
 * found.
 */
export const Discrepancy = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  day: Day,
  item: ItemId,
  variance: z.int(),
  varianceValue: Sum,
  writtenOff: z.int(),
  writtenOffValue: Sum,
});
export type Discrepancy = z.infer<typeof Discrepancy>;

export const discrepancies = {
  title: 'By how much counts differed from the book, and what was written off, with what it is worth',
  row: Discrepancy,
  key: ({ location, day, item }) => [location, day, item],
  from: 'closes',
  at: 'everywhere',
  earlier: 0,
  rows: (closes, { location, district }) =>
    closes.flatMap(({ day, items }) =>
      items
        .filter(({ variance, writtenOff }) => variance !== 0 || writtenOff !== 0)
        .map(({ item, variance, varianceValue, writtenOff, average }) => ({
          location,
          district,
          day,
          item,
          variance,
          varianceValue,
          writtenOff,
          writtenOffValue: valueAtAverage(average, writtenOff),
        })),
    ),
} as const satisfies LocationReport<Discrepancy>;

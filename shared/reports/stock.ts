import * as z from 'zod';
import { DistrictId, ItemId, StockLocationId } from '../kernel/ids.ts';
import { Balance } from '../kernel/quantity.ts';
import { addUp, NonNegativeSum, Sum } from '../kernel/sum.ts';
import { Day } from '../kernel/time.ts';
import type { LocationReport } from './report.ts';

/** At the last closed day of the window. Paise at average cost; base units. */
export const StockValue = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  item: ItemId,
  day: Day,
  onHand: Balance,
  value: NonNegativeSum,
});
export type StockValue = z.infer<typeof StockValue>;

export const stockValue = {
  title: 'Stock and its value at average cost, at the last closed day; items with none are left out',
  row: StockValue,
  key: ({ location, item }) => [location, item],
  from: 'closes',
  at: 'everywhere',
  earlier: 0,
  rows: (closes, { location, district }) => {
    const last = closes.at(-1);
    if (!last) return [];
    return last.items
      .filter(({ onHand, value }) => onHand !== 0 || value !== 0)
      .map(({ item, onHand, value }) => ({ location, district, item, day: last.day, onHand, value }));
  },
} as const satisfies LocationReport<StockValue>;

/** Base units, less reversed issues. */
export const MaterialsIssued = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  item: ItemId,
  issued: Sum,
});
export type MaterialsIssued = z.infer<typeof MaterialsIssued>;

export const materialsIssued = {
  title: 'Materials that depots issued to producers, less reversed issues',
  row: MaterialsIssued,
  key: ({ location, item }) => [location, item],
  from: 'closes',
  at: 'depots',
  earlier: 0,
  rows: (closes, { location, district }) =>
    [
      ...Map.groupBy(
        closes.flatMap(({ items }) => items),
        ({ item }) => item,
      ),
    ]
      .map(([item, days]) => ({ location, district, item, issued: addUp(days.map((day) => day.issued)) }))
      .filter(({ issued }) => issued !== 0),
} as const satisfies LocationReport<MaterialsIssued>;

import * as z from 'zod';
import { ItemId } from '../kernel/ids.ts';
import { addUp, NonNegativeSum, Sum } from '../kernel/sum.ts';
import type { AreaReport } from './report.ts';

/** Base units and paise, by the day on which stock left. */
export const SalesOfItem = z.strictObject({
  item: ItemId,
  sold: NonNegativeSum,
  amount: NonNegativeSum,
  returned: Sum,
});
export type SalesOfItem = z.infer<typeof SalesOfItem>;

export const salesByItem = {
  title: 'What was sold and what came back, item by item; those of which nothing was, left out',
  row: SalesOfItem,
  key: ({ item }) => [item],
  from: 'area',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap(({ items }) => items),
        ({ item }) => item,
      ),
    ]
      .map(([item, those]) => ({
        item,
        sold: addUp(those.map(({ sold }) => sold)),
        amount: addUp(those.map(({ amount }) => amount)),
        returned: addUp(those.map(({ returned }) => returned)),
      }))
      .filter(({ sold, returned }) => sold !== 0 || returned !== 0),
} as const satisfies AreaReport<SalesOfItem>;

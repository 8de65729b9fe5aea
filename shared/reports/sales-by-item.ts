import * as z from 'zod';
import { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, NonNegativeSum } from '../kernel/sum.ts';
import type { AreaReport } from './report.ts';

const count = z.int().min(0);

/** In base units and paise. What is sold stands on the day on which it left the shelf. */
export const SalesOfItem = z.strictObject({ item: ItemId, sold: count, amount: NonNegativeSum, returned: count });
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
        sold: sumOf(those.map(({ sold }) => sold)),
        amount: addUp(those.map(({ amount }) => amount)),
        returned: sumOf(those.map(({ returned }) => returned)),
      }))
      .filter(({ sold, returned }) => sold + returned > 0),
} as const satisfies AreaReport<SalesOfItem>;

import * as z from 'zod';
import { Day } from '../kernel/time.ts';
import type { AreaReport } from './report.ts';
import { Takings, takingsOf } from './takings.ts';

export const SalesOfDay = z.strictObject({ day: Day, ...Takings });
export type SalesOfDay = z.infer<typeof SalesOfDay>;

export const salesByDay = {
  title: 'Bills and refunds, day by day',
  row: SalesOfDay,
  key: ({ day }) => [day],
  from: 'area',
  rows: (days) =>
    [...Map.groupBy(days, ({ day }) => day)].map(([day, those]) => ({
      day,
      ...takingsOf(those.flatMap(({ sellers }) => sellers)),
    })),
} as const satisfies AreaReport<SalesOfDay>;

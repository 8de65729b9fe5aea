import * as z from 'zod';
import { SellerId } from '../kernel/ids.ts';
import type { AreaReport } from './report.ts';
import { Takings, takingsOf } from './takings.ts';

export const SalesOfSeller = z.strictObject({ seller: SellerId, ...Takings });
export type SalesOfSeller = z.infer<typeof SalesOfSeller>;

export const salesBySeller = {
  title: 'Bills and refunds, seller by seller',
  row: SalesOfSeller,
  key: ({ seller }) => [seller],
  from: 'area',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap(({ sellers }) => sellers),
        ({ seller }) => seller,
      ),
    ].map(([seller, those]) => ({ seller, ...takingsOf(those) })),
} as const satisfies AreaReport<SalesOfSeller>;

import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import type { DistrictReport } from './report.ts';
import { Takings, takingsOf } from './takings.ts';

export const SalesOfDistrict = z.strictObject({ district: DistrictId, ...Takings });
export type SalesOfDistrict = z.infer<typeof SalesOfDistrict>;

export const salesByDistrict = {
  title: 'Bills and refunds, district by district',
  row: SalesOfDistrict,
  key: ({ district }) => [district],
  from: 'districts',
  rows: (days) =>
    [...Map.groupBy(days, ({ district }) => district)].map(([district, those]) => ({
      district,
      ...takingsOf(those.flatMap(({ sellers }) => sellers)),
    })),
} as const satisfies DistrictReport<SalesOfDistrict>;

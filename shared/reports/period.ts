import * as z from 'zod';
import { addDays, Day } from '../kernel/time.ts';
import type { ReportWindow } from './report.ts';

/** A month of tax. */
export const Period = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'a period is a month, such as 2026-10')
  .brand('Period');
export type Period = z.infer<typeof Period>;

/** Its first and last day. */
export const windowOf = (period: Period): ReportWindow => {
  const from = Day.parse(`${period}-01`);
  const nextMonth = Day.parse(`${addDays(from, 31).slice(0, 7)}-01`);
  return { from, to: addDays(nextMonth, -1) };
};

import * as z from 'zod';
import type { Day } from '../kernel/time.ts';

/** The financial year, April to March: `2026-27`. */
export const Season = z
  .string()
  .regex(/^20\d\d-\d\d$/, 'a season is a financial year, such as 2026-27')
  .refine(
    (text) => (Number(text.slice(2, 4)) + 1) % 100 === Number(text.slice(5)),
    'a season ends the year after it began',
  )
  .brand('Season');
export type Season = z.infer<typeof Season>;

export const seasonOf = (day: Day): Season => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const startYear = month >= 4 ? year : year - 1;
  return `${startYear}-${String((startYear + 1) % 100).padStart(2, '0')}` as Season;
};

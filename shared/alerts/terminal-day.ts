import * as z from 'zod';
import { TerminalCode } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

/** One day of one terminal, `7KQ2M-2026-11-22`. */
export const TerminalDay = z
  .string()
  .regex(/^[0-9A-Z]{5}-\d{4}-\d{2}-\d{2}$/, 'a day of a terminal is such as 7KQ2M-2026-11-22')
  .brand('TerminalDay');
export type TerminalDay = z.infer<typeof TerminalDay>;

export const partsOfTerminalDay = (about: TerminalDay) => ({
  terminal: TerminalCode.parse(about.slice(0, 5)),
  day: Day.parse(about.slice(6)),
});

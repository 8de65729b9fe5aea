import * as z from 'zod';
import { StaffId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

/** One day of one member of staff at a location, `S-LKO-02-2026-11-22`. */
export const StaffDay = z
  .string()
  .regex(/^[A-Z0-9-]{2,16}-\d{4}-\d{2}-\d{2}$/, 'a day of a member of staff is such as S-LKO-02-2026-11-22')
  .brand('StaffDay');
export type StaffDay = z.infer<typeof StaffDay>;

export const staffDayOf = (person: StaffId, day: Day): StaffDay => StaffDay.parse(`${person}-${day}`);

export const partsOfStaffDay = (about: StaffDay) => ({
  person: StaffId.parse(about.slice(0, -11)),
  day: Day.parse(about.slice(-10)),
});

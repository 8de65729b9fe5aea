import * as z from 'zod';

/** A UTC instant, `2026-11-22T05:00:00.000Z`. Finer or coarser fractions are read, and kept as milliseconds. */
export const Instant = z.iso
  .datetime('a time is UTC, such as 2026-11-22T05:00:00Z')
  .transform((text) => new Date(text).toISOString())
  .brand('Instant');
export type Instant = z.infer<typeof Instant>;

/** An IST calendar day, `2026-11-22`. */
export const Day = z.iso.date('a day is YYYY-MM-DD').brand('Day');
export type Day = z.infer<typeof Day>;

export type Clock = { now(): Instant };

export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

/** IST is UTC + 5:30 the year round. */
const IST_OFFSET = 5.5 * 3_600_000;

/** The IST day an instant falls in. */
export const dayOf = (instant: Instant): Day =>
  new Date(millisecondsOf(instant) + IST_OFFSET).toISOString().slice(0, 10) as Day;

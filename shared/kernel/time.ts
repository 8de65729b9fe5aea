import * as z from 'zod';

/** A UTC instant, `2026-11-22T05:00:00.000Z`. Finer or coarser fractions are read, and kept as milliseconds. */
export const Instant = z.iso
  .datetime({ error: 'a time is UTC, such as 2026-11-22T05:00:00Z', abort: true })
  .transform((text) => new Date(text).toISOString())
  .brand('Instant');
export type Instant = z.infer<typeof Instant>;

/** An IST calendar day, `2026-11-22`. `abort`: a rule over several fields is not asked where one is no day. */
export const Day = z.iso.date({ error: 'a day is YYYY-MM-DD', abort: true }).brand('Day');
export type Day = z.infer<typeof Day>;

export type Clock = { now(): Instant };

export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

/** IST is UTC + 5:30 the year round. */
const IST_OFFSET = 5.5 * 3_600_000;

/** The IST day an instant falls in. */
export const dayOf = (instant: Instant): Day =>
  new Date(millisecondsOf(instant) + IST_OFFSET).toISOString().slice(0, 10) as Day;

const DAY_MILLISECONDS = 24 * 3_600_000;

/** The first instant of an IST day. */
export const startOfDay = (day: Day): Instant => instantOf(Date.parse(day) - IST_OFFSET);

/** The IST midnight with which a day begins. */
export const startOfIstDay = (day: Day): Instant => instantOf(Date.parse(day) - IST_OFFSET);

/** So many days after a day; before it, below zero. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MILLISECONDS).toISOString().slice(0, 10) as Day;

export const isSunday = (day: Day): boolean => new Date(day).getUTCDay() === 0;

/** All days from one to another, with a day more on either side: clocks of devices differ from ours. */
export const daysWithMargin = (first: Day, last: Day): Day[] => {
  const days: Day[] = [];
  for (let day = addDays(first, -1); day <= addDays(last, 1); day = addDays(day, 1)) days.push(day);
  return days;
};

/** `22 November`, `22 नवंबर`. */
export const formatDate = (language: 'en-IN' | 'hi-IN', day: Day): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day));

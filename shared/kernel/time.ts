import * as z from 'zod';

/** UTC, stored with milliseconds. */
export const Instant = z.iso
  .datetime({ error: 'a time is UTC, such as 2026-11-22T05:00:00Z', abort: true })
  .transform((text) => new Date(text).toISOString())
  .brand('Instant');
export type Instant = z.infer<typeof Instant>;

/** An IST calendar day of any year. `abort`: an invalid day skips rules over several fields. */
export const AnyDay = z.iso.date({ error: 'a day is YYYY-MM-DD', abort: true }).brand('Day');

const isInCentury = (dayOrInstant: string): boolean => /^20\d\d-/.test(dayOrInstant);

/** Voucher numbers have two digits of the year. */
export const DAY_IN_CENTURY = {
  check: isInCentury,
  problem: { error: 'a day is from 2000-01-01 to 2099-12-31', abort: true },
} as const;

export const Day = AnyDay.refine(DAY_IN_CENTURY.check, DAY_IN_CENTURY.problem);
export type Day = z.infer<typeof Day>;

/** An instant that a query names. A claim's may be of any year: a phone's clock may be reset. */
export const QueryInstant = Instant.refine(isInCentury, {
  error: 'a time is from 2000-01-01 to 2099-12-31',
  abort: true,
});

export type Clock = { now(): Instant };

export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

const IST_OFFSET = 5.5 * 3_600_000;

/** The IST day of an instant. */
export const dayOf = (instant: Instant): Day =>
  new Date(millisecondsOf(instant) + IST_OFFSET).toISOString().slice(0, 10) as Day;

/** `10:30`, in IST. */
export const istTimeOf = (instant: Instant): string =>
  new Date(millisecondsOf(instant) + IST_OFFSET).toISOString().slice(11, 16);

const DAY_MILLISECONDS = 24 * 3_600_000;

/** Midnight IST. */
export const startOfDay = (day: Day): Instant => instantOf(Date.parse(day) - IST_OFFSET);

/** Midnight IST. */
export const startOfIstDay = (day: Day): Instant => instantOf(Date.parse(day) - IST_OFFSET);

/** `days` may be negative. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MILLISECONDS).toISOString().slice(0, 10) as Day;

/** A typed year such as 2062 for 2026. */
export const farDayProblem = (day: Day, today: Day, maxDaysAhead: number): string | undefined => {
  const latest = addDays(today, maxDaysAhead);
  return day > latest ? `is at most ${latest}` : undefined;
};

export const isSunday = (day: Day): boolean => new Date(day).getUTCDay() === 0;

/** From the first to the last, both included. */
export const daysIn = ({ from, to }: { readonly from: Day; readonly to: Day }): Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

/** One day more on each side, as device clocks differ. */
export const daysWithMargin = (first: Day, last: Day): Day[] =>
  daysIn({ from: addDays(first, -1), to: addDays(last, 1) });

export const formatDate = (language: 'en-IN' | 'hi-IN', day: Day): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day));

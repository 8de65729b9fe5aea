import { type Day, dayOf, type Instant, instantOf, millisecondsOf } from './time.ts';
import type { Skew } from './voucher-sequence.ts';

/** The last millisecond of an IST day: midnight IST is 18:30 UTC. */
export const endOfDay = (day: Day): Instant => instantOf(millisecondsOf(`${day}T18:30:00.000Z` as Instant) - 1);

/** This time stands for a day without a time. */
export const isEndOfDay = (occurredAt: Instant): boolean => occurredAt === endOfDay(dayOf(occurredAt));

/**
 * Paper needs no clock correction. A day without a time counts at its end, or at `now` if the day
 * is not over.
 */
export const paperSkew = (occurredAt: Instant, now: Instant): Skew => {
  const isDayAlone = isEndOfDay(occurredAt);
  const isToday = dayOf(occurredAt) === dayOf(now);
  return (isDayAlone && isToday ? millisecondsOf(now) - millisecondsOf(occurredAt) : 0) as Skew;
};

import { type Day, dayOf, type Instant, instantOf, millisecondsOf } from './time.ts';
import type { Skew } from './voucher-sequence.ts';

/** Where paper says the day alone, it means the last moment of that IST day; midnight in IST is 18:30 UTC. */
export const endOfDay = (day: Day): Instant => instantOf(millisecondsOf(`${day}T18:30:00.000Z` as Instant) - 1);

/** The last moment of a day stands for a day without a time. */
export const isEndOfDay = (occurredAt: Instant): boolean => occurredAt === endOfDay(dayOf(occurredAt));

/**
 * Paper has no clock that could be off: what is on it stands at the time that is written there, whatever phone brings it. Where that is the day alone, it stands at
 * the end of the day; or where it is brought, if the day is not over.
 */
export const paperSkew = (occurredAt: Instant, now: Instant): Skew => {
  const isDayAlone = isEndOfDay(occurredAt);
  const isToday = dayOf(occurredAt) === dayOf(now);
  return (isDayAlone && isToday ? millisecondsOf(now) - millisecondsOf(occurredAt) : 0) as Skew;
};

import { type Instant, millisecondsOf } from '../kernel/time.ts';

/** Hours of IST in which people may be woken by a message: from the first on, until the second. */
export const WAKING_HOURS = { from: 7, until: 21 } as const;

const IST_MINUTES = 330;

/** Is it a time to write to people? What is urgent at night waits for the digest of the morning. */
export const isWakingHour = (now: Instant): boolean => {
  const hour = Math.floor((millisecondsOf(now) / 60_000 + IST_MINUTES) / 60) % 24;
  return hour >= WAKING_HOURS.from && hour < WAKING_HOURS.until;
};

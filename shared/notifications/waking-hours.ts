import { type Instant, millisecondsOf } from '../kernel/time.ts';

/** Notifications go out from 07:00 until 21:00 IST. */
const WAKING_HOURS = { from: 7, until: 21 } as const;

const IST_MINUTES = 330;

/** Urgent alerts at night wait for the morning's digest. */
export const isWakingHour = (now: Instant): boolean => {
  const hour = Math.floor((millisecondsOf(now) / 60_000 + IST_MINUTES) / 60) % 24;
  return hour >= WAKING_HOURS.from && hour < WAKING_HOURS.until;
};

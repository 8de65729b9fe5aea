import { type Instant, millisecondsOf } from '../kernel/time.ts';

/** IST hours. */
const WAKING_HOURS = { from: 7, until: 21 } as const;

const IST_MINUTES = 330;

/** At night, urgent alerts wait for the morning's digest. */
export const isWakingHour = (now: Instant): boolean => {
  const hour = Math.floor((millisecondsOf(now) / 60_000 + IST_MINUTES) / 60) % 24;
  return hour >= WAKING_HOURS.from && hour < WAKING_HOURS.until;
};

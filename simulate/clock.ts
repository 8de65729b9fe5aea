import type { BahiOptions } from '../local/bahi.ts';

type Clock = NonNullable<BahiOptions['clock']>;
export type SimulatedClock = Clock & {
  readonly milliseconds: () => number;
  /** Never decreases. */
  set(to: number): void;
  /** For timeouts. It also advances while calls wait. */
  readonly monotonic: () => number;
  wait(milliseconds: number): void;
};

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Moves only when set, so equal times are common. */
export const simulatedClock = (start: number): SimulatedClock => {
  let now = start;
  let waited = 0;
  return {
    milliseconds: () => now,
    now: () => new Date(now).toISOString() as ReturnType<Clock['now']>,
    set: (to) => {
      now = Math.max(now, to);
    },
    monotonic: () => now - start + waited,
    wait: (milliseconds) => {
      waited += milliseconds;
    },
  };
};

/** In IST. */
export const dayAt = (at: number): string => new Date(at + 330 * MINUTE).toISOString().slice(0, 10);

/** Milliseconds at the IST midnight that begins the day. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) - 330 * MINUTE;

export const dayOfNumber = (number: string): string =>
  `20${number.slice(6, 8)}-${number.slice(8, 10)}-${number.slice(10, 12)}`;

/** Both included, without gaps. */
export const daysBetween = (first: string, last: string): string[] => {
  const days = [];
  for (let at = startOfDay(first); at <= startOfDay(last); at += DAY) days.push(dayAt(at));
  return days;
};

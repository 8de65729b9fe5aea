import { type Clock, instantOf } from '../../shared/kernel/time.ts';

/** Sunday 22 November 2026, 10:30 in IST. It stands still until a test moves it. */
export const START = Date.parse('2026-11-22T05:00:00Z');

export type FixedClock = Clock & { set(iso: string): void; forward(seconds: number): void };

export const fixedClock = (): FixedClock => {
  let now = START;
  return {
    now: () => instantOf(now),
    set: (iso) => {
      now = Date.parse(iso);
    },
    forward: (seconds) => {
      now += seconds * 1000;
    },
  };
};

/** Done so many days ago; then it is now again. */
export const daysAgo = async <T>(clock: FixedClock, days: number, act: () => Promise<T>): Promise<T> => {
  const now = clock.now();
  clock.forward(-days * 24 * 3600);
  try {
    return await act();
  } finally {
    clock.set(now);
  }
};

import type { BahiOptions } from '../local/bahi.ts';

type Clock = NonNullable<BahiOptions['clock']>;
export type SimulatedClock = Clock & {
  readonly milliseconds: () => number;
  /** The true time; it never goes back. */
  set(to: number): void;
  /** By what patience and memory are measured: it goes on while calls are waited for, too. */
  readonly monotonic: () => number;
  wait(milliseconds: number): void;
};

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Stands still but when it is set: all that happens in one moment happens at one time, and ties are common. */
export const simulatedClock = (start: number): SimulatedClock => {
  let [now, waited] = [start, 0];
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

/** The day in India then, as `2026-11-22`. */
export const dayAt = (at: number): string => new Date(at + 330 * MINUTE).toISOString().slice(0, 10);

/** When that day began in India. */
export const dayStartAt = (at: number): number => Date.parse(`${dayAt(at)}T00:00:00Z`) - 330 * MINUTE;

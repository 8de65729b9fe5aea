import { onTestFinished } from 'vitest';
import { lambdaContext } from '../../local/gateway-event.ts';
import { monotonicClock } from '../../shared/platform/retry.ts';

/**
 * Loaded before every test file: the clock by which Bahi waits and forgets stands still, so that a
 * busy machine ends no patience, deadline or memory. In a simulation, its own clock counts.
 */
let ahead = 0;
monotonicClock.now = () => (Object.hasOwn(performance, 'now') ? performance.now() : ahead);

/** Puts that clock on at will: patience and memory then end without waiting. */
export const hurriedClock = (): { forward(milliseconds: number): void } => {
  onTestFinished(() => {
    ahead = 0;
  });
  return {
    forward: (milliseconds) => {
      ahead += milliseconds;
    },
  };
};

/** A function with so many milliseconds left. */
export const contextWith = (name: string, left: number): ReturnType<typeof lambdaContext> => ({
  ...lambdaContext(name),
  getRemainingTimeInMillis: () => left,
});

import { onTestFinished, vi } from 'vitest';

/** The clock by which Bahi waits and forgets (`performance.now`), put on at will: patience and memory then end without waiting. */
export const hurriedClock = (): { forward(milliseconds: number): void } => {
  let ahead = 0;
  const now = performance.now.bind(performance);
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
  onTestFinished(() => spy.mockRestore());
  return {
    forward: (milliseconds) => {
      ahead += milliseconds;
    },
  };
};

import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { currentDeadline } from './deadline.ts';
import { monotonicClock } from './monotonic-clock.ts';

// p-retry has no full jitter, and does not know the deadline.

const RETRY_MILLISECONDS = 5_000;
const FIRST_BACKOFF = 25;
const MAX_BACKOFF = 800;

/** The attempt lost a race with a concurrent write. */
export const RETRY = Symbol('retry');

/**
 * Repeats the attempt while it returns RETRY, with full jitter (Brooker, "Exponential backoff and
 * jitter").
 *
 * @throws UnavailableError when the time is over.
 */
export const retry = async <Answer>(attempt: () => Promise<Answer | typeof RETRY>): Promise<Answer> => {
  const until = Math.min(monotonicClock.now() + RETRY_MILLISECONDS, currentDeadline());
  for (let longest = FIRST_BACKOFF; ; longest = Math.min(2 * longest, MAX_BACKOFF)) {
    const answer = await attempt();
    if (answer !== RETRY) return answer;
    const wait = Math.random() * longest;
    if (monotonicClock.now() + wait > until) throw new UnavailableError('still in conflict after several tries');
    await pause(wait);
  }
};

/** Rows changed since they were read. Nothing was written; the caller decides again. */
export const CONFLICT = Symbol('conflict');

import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { currentDeadline } from './deadline.ts';
import { monotonicClock } from './monotonic-clock.ts';

// Our own loop: p-retry repeats thrown errors, without full jitter and unaware of the request's deadline.

/** Milliseconds for retries, if the request's deadline allows them. */
const RETRY_MILLISECONDS = 5_000;
const FIRST_BACKOFF = 25;
const MAX_BACKOFF = 800;

/** An attempt returns this when it lost a race with a concurrent write. */
export const RETRY = Symbol('retry');

/**
 * Repeats the attempt while it returns RETRY. The wait has full jitter, so that writers that collided do
 * not collide again (Brooker, "Exponential backoff and jitter").
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

/** The rows behind a decision changed before its write. Nothing was written; the caller decides again. */
export const CONFLICT = Symbol('conflict');

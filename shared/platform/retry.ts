import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { currentDeadline } from './deadline.ts';
import { monotonicClock } from './monotonic-clock.ts';

/** Milliseconds within which a refused write is tried again, if the request has them. */
const RETRY_MILLISECONDS = 5_000;
const FIRST_BACKOFF = 25;
const MAX_BACKOFF = 800;

/** The answer to an attempt that lost to another at the same time. */
export const RETRY = Symbol('again');

/** Try until there is an answer, with full jitter, so that many who collide do not collide again (Brooker, "Exponential backoff and jitter"). */
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

/** A decision was made on rows that have changed since: nothing was done, and it is to be made again. */
export const CONFLICT = Symbol('stale');

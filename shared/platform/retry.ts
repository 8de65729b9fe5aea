import { setTimeout as pause } from 'node:timers/promises';
import { Busy } from '../kernel/unavailable-error.ts';
import { endOfTime } from './deadline.ts';
import { elapsed } from './elapsed.ts';

/** Milliseconds within which a refused write is tried again, if the request has them. */
const PATIENCE = 5_000;
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 800;

/** The answer to an attempt that lost to another at the same time. */
export const AGAIN = Symbol('again');

/** Try until there is an answer, with full jitter, so that many who collide do not collide again (Brooker, "Exponential backoff and jitter"). */
export const untilAnswered = async <Answer>(attempt: () => Promise<Answer | typeof AGAIN>): Promise<Answer> => {
  const until = Math.min(elapsed.now() + PATIENCE, endOfTime());
  for (let longest = FIRST_PAUSE; ; longest = Math.min(2 * longest, LONGEST_PAUSE)) {
    const answer = await attempt();
    if (answer !== AGAIN) return answer;
    const wait = Math.random() * longest;
    if (elapsed.now() + wait > until) throw new Busy('still in conflict after several tries');
    await pause(wait);
  }
};

/** A decision was made on rows that have changed since: nothing was done, and it is to be made again. */
export const STALE = Symbol('stale');

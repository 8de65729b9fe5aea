import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';

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

/**
 * Milliseconds. All deadlines use this clock. Tests stop it, so that a busy machine causes no
 * timeout.
 */
export const monotonicClock = { now: (): number => performance.now() };

/** No answer in time. The outcome is unknown, and a retry is allowed. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** For work that a job repeats: it ends quietly if DynamoDB is unavailable. */
export const ignoreUnavailable = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
};

/** Time kept for the error response. */
const RESPONSE_RESERVE_MILLISECONDS = 1_500;

/** By the monotonic clock. Jobs have no deadline. */
const deadline = new AsyncLocalStorage<number>();

const currentDeadline = (): number => deadline.getStore() ?? Number.POSITIVE_INFINITY;

/** `remaining`: milliseconds left to the function. Table calls end early enough for a response. */
export const withDeadline = <Answer>(remaining: number, serve: () => Promise<Answer>): Promise<Answer> =>
  deadline.run(monotonicClock.now() + remaining - RESPONSE_RESERVE_MILLISECONDS, serve);

/** Throws UnavailableError at the deadline. */
export const raceDeadline = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  const left = currentDeadline() - monotonicClock.now();
  if (left === Number.POSITIVE_INFINITY) return ask();
  if (left <= 0) throw new UnavailableError('no time was left to ask');
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UnavailableError('no answer before the deadline')), left);
  });
  try {
    return await Promise.race([ask(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

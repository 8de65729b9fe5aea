import { AsyncLocalStorage } from 'node:async_hooks';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { monotonicClock } from './monotonic-clock.ts';

/** Time kept for the error response. */
const RESPONSE_RESERVE_MILLISECONDS = 1_500;

/** By the monotonic clock. Jobs have no deadline. */
const deadline = new AsyncLocalStorage<number>();

export const currentDeadline = (): number => deadline.getStore() ?? Number.POSITIVE_INFINITY;

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

import { AsyncLocalStorage } from 'node:async_hooks';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { monotonicClock } from './monotonic-clock.ts';

/** Of the milliseconds that a function has, those kept to say so when the rest was not enough. */
const RESPONSE_RESERVE_MILLISECONDS = 1_500;

/** By `elapsed`, when the request that is being served must be answered. Jobs have none. */
const deadline = new AsyncLocalStorage<number>();

export const currentDeadline = (): number => deadline.getStore() ?? Number.POSITIVE_INFINITY;

/** Serves one request within what is left to its function: whatever it asks of the tables ends early enough to be answered. */
export const withDeadline = <Answer>(remaining: number, serve: () => Promise<Answer>): Promise<Answer> =>
  deadline.run(monotonicClock.now() + remaining - RESPONSE_RESERVE_MILLISECONDS, serve);

/** An answer in time, or `Busy`: what hangs is waited for no longer, and after the deadline nothing is begun. */
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

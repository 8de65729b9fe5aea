import pMap from 'p-map';
import { logger } from './telemetry.ts';

/** Runs tasks independently. A failure is logged, and `end` throws it. */
export const failureCollector = () => {
  const failures: unknown[] = [];
  return {
    try: async (what: string, task: () => Promise<unknown>): Promise<void> => {
      try {
        await task();
      } catch (error) {
        logger.error(`${what} failed`, { error });
        failures.push(error);
      }
    },

    end: (): void => {
      const [first, ...others] = failures;
      if (first === undefined) return;
      const message = first instanceof Error ? first.message : String(first);
      if (others.length === 0) throw first;
      throw new AggregateError(failures, `${failures.length} tasks failed, the first: ${message}`, { cause: first });
    },
  };
};

export const forEachIsolated = async <T>(
  what: string,
  all: Iterable<T>,
  task: (one: T) => Promise<unknown>,
): Promise<void> => {
  const tasks = failureCollector();
  for (const one of all) await tasks.try(what, () => task(one));
  tasks.end();
};

/** Powertools does not log an error of a batch record, so this does, with the record's id. */
export const logFailure =
  <Sent>(idOf: (sent: Sent) => object, work: (sent: Sent) => Promise<void>) =>
  async (sent: Sent): Promise<void> => {
    try {
      await work(sent);
    } catch (error) {
      logger.error('failed', { error, ...idOf(sent) });
      throw error;
    }
  };

/**
 * Works on `limit` items at a time. After a failure it starts no further item, waits for those in
 * progress and throws the first error.
 */
export const concurrently = async <T>(
  limit: number,
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const failures: unknown[] = [];
  const attempt = async (item: T) => {
    if (failures.length > 0) return;
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  };
  await pMap(items, attempt, { concurrency: limit });
  if (failures.length > 0) throw failures[0];
};

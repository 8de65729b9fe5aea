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

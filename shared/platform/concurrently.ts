import pMap from 'p-map';

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

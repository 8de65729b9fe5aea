/** Work on each, so many at a time; the first that fails ends it, once those under way are through. */
export const concurrently = async <T>(
  many: number,
  all: Iterable<T>,
  work: (one: T) => Promise<unknown>,
): Promise<void> => {
  const left = Iterator.from(all);
  let failed = false;
  const take = async () => {
    for (let next = left.next(); !next.done && !failed; next = left.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const done = await Promise.allSettled(Array.from({ length: many }, take));
  for (const one of done) if (one.status === 'rejected') throw one.reason;
};

/** Equal seeds give equal runs. */
export type SeededRandom = {
  next(): number;
  below(limit: number): number;
  between(least: number, most: number): number;
  isChosen(part: number): boolean;
  pick<T>(all: readonly T[]): T;
  shuffled<T>(all: readonly T[]): T[];
  /** Parts of a run do not affect each other. */
  fork(name: string): SeededRandom;
};

/** Mulberry32. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    isChosen: (part) => next() < part,
    pick: <T>(all: readonly T[]): T => all[below(all.length)] as T,
    shuffled: (all) =>
      all
        .map((one) => [next(), one] as const)
        .toSorted(([one], [other]) => one - other)
        .map(([, one]) => one),
    fork: (name) =>
      seededRandom([...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, seed)),
  };
};

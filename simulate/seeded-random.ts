import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

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

export type SeededRuntime = {
  readonly chance: SeededRandom;
  readonly monotonic: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
};

/** Codes, jitter, timeouts and pauses come from the seed. */
export const withSeededRuntime = async <T>(
  { chance, monotonic, pause }: SeededRuntime,
  run: () => Promise<T>,
): Promise<T> => {
  const codes = chance.fork('codes');
  const bytes = chance.fork('bytes');
  const jitter = chance.fork('jitter');
  const { randomInt, randomBytes } = crypto;
  const { random } = Math;
  const { setTimeout } = timers;
  Object.assign(crypto, {
    randomInt: (most: number) => codes.below(most),
    randomBytes: (size: number) => Buffer.from(Array.from({ length: size }, () => bytes.below(256))),
  });
  Object.assign(timers, { setTimeout: pause });
  Math.random = jitter.next;
  performance.now = monotonic;
  syncBuiltinESMExports();
  try {
    return await run();
  } finally {
    Object.assign(crypto, { randomInt, randomBytes });
    Object.assign(timers, { setTimeout });
    Math.random = random;
    Reflect.deleteProperty(performance, 'now');
    syncBuiltinESMExports();
  }
};

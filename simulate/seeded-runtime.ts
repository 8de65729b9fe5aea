import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';

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
  const [codes, bytes, jitter] = [chance.fork('codes'), chance.fork('bytes'), chance.fork('jitter')];
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

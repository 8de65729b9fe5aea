import { setImmediate as turn } from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';

export type Schedule = {
  runAlone<T>(act: () => Promise<T>): Promise<T>;
  /** Draws turns: a seed is an interleaving. */
  runTogether(works: readonly (() => Promise<unknown>)[]): Promise<void>;
  readonly isRunning: () => boolean;
};

/** All work then waits for an answer. */
const QUIET_TURNS = 2;
/** Without progress. */
const MAX_IDLE_TURNS = 20_000;

export const createSchedule = (chance: SeededRandom): Schedule => {
  const waiting: (() => Promise<void>)[] = [];
  let running = false;

  const quiet = async () => {
    for (let turns = 0; turns < QUIET_TURNS; turns++) await turn();
  };

  return {
    isRunning: () => running,
    runAlone: (act) =>
      running ? new Promise((resolve, reject) => waiting.push(() => act().then(resolve, reject))) : act(),
    runTogether: async (works) => {
      running = true;
      let left = works.length;
      const failed: unknown[] = [];
      for (const work of chance.shuffled(works))
        work()
          .catch((error: unknown) => failed.push(error))
          .finally(() => left--);
      try {
        for (let idle = 0; left > 0; ) {
          await quiet();
          const [next] = waiting.splice(chance.below(waiting.length), 1);
          if (next) await next();
          idle = next ? 0 : idle + 1;
          if (idle > MAX_IDLE_TURNS) throw new Error('somebody waits for what is not of the simulation');
        }
      } finally {
        running = false;
      }
      if (failed.length > 0) throw failed[0];
    },
  };
};

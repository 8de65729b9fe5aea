import { setImmediate as turn } from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';

export type Schedule = {
  /** Waits for its turn, and then is alone: nothing else moves until it is done. */
  runAlone<T>(act: () => Promise<T>): Promise<T>;
  /** All of them at once. Whose turn it is, whenever several wait, is drawn; so a seed is an interleaving. */
  runTogether(works: readonly (() => Promise<void>)[]): Promise<void>;
  readonly isRunning: () => boolean;
};

/** Turns of the event loop after which all that can go on without an answer has gone on: the functions wait for nothing else. */
const QUIET_TURNS = 2;
/** And how many are waited for, when nobody takes a turn and yet somebody is not done. */
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

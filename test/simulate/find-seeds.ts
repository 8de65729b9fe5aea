import '../../local/quiet.ts';
import { startTemporaryEngine } from '../../local/engine/engine.ts';

/**
 * Prints the shortest story that finds each planted fault: the fewest days, then the first of 40
 * seeds. Run it after a change of the simulation: `node test/simulate/find-seeds.ts [fault]`.
 */
const SEEDS = 40;
const MAX_DAYS = 7;

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { SHORT_RUN, simulate } = await import('../../simulate/simulate.ts');
const { PLANTS } = await import('./plants.ts');

// In memory, where it is fast: TMPDIR=/dev/shm.
const engine = await startTemporaryEngine();
const isFound = async (days: number, seed: number, changeClient: (typeof PLANTS)[keyof typeof PLANTS]) => {
  const { violations } = await simulate({ ...SHORT_RUN, days, seed, endpoint: engine.endpoint, changeClient });
  return violations.some(({ check }) => check !== 'it lives');
};

for (const [name, plant] of Object.entries(PLANTS)) {
  if ((process.argv[2] ?? name) !== name) continue;
  search: for (let days = 1; days <= MAX_DAYS; days++)
    for (let seed = 1; seed <= SEEDS; seed++)
      if (await isFound(days, seed, plant)) {
        console.log(`${name}: [${days}, ${seed}]`);
        break search;
      }
}
await engine.stop();

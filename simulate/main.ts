// npm run simulate -- --seed 7, or --seeds 50 from --from (1) in two processes.
import '../local/quiet.ts';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startTemporaryEngine } from '../local/engine/engine.ts';
import { type RunFigures, renderRun, renderSummary } from './report.ts';

// Simulated deaths are no errors to log. Powertools reads the level when loaded.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { SHORT_RUN, simulate } = await import('./simulate.ts');

const numberOption = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    seed: numberOption,
    seeds: numberOption,
    from: numberOption,
    outlets: numberOption,
    depots: numberOption,
    workshops: numberOption,
    days: numberOption,
    part: numberOption,
    parts: numberOption,
  },
});
const from = Number(values.seed ?? values.from ?? 1);
const seeds = Number(values.seeds ?? 1);
const size = {
  outlets: Number(values.outlets ?? SHORT_RUN.outlets),
  depots: Number(values.depots ?? SHORT_RUN.depots),
  workshops: Number(values.workshops ?? SHORT_RUN.workshops),
  days: Number(values.days ?? SHORT_RUN.days),
};

/** Each seed has its own book. Stops at the first failure. */
const runSeeds = async (first: number, step: number): Promise<RunFigures[]> => {
  const engine = await startTemporaryEngine();
  const runs: RunFigures[] = [];
  try {
    for (let seed = first; seed < from + seeds; seed += step) {
      const run = await simulate({ ...size, seed, endpoint: engine.endpoint });
      const { story: _story, violations, ...figures } = run;
      runs.push({ ...figures, failed: violations.length > 0 });
      if (violations.length > 0 || seeds === 1) console.log(renderRun(run, size));
      if (violations.length > 0) return runs;
    }
    return runs;
  } finally {
    await engine.stop();
  }
};

const runSeedsInProcesses = async (parts: number): Promise<RunFigures[]> => {
  const each = Array.from({ length: parts }, async (_, part) => {
    const child = fork(import.meta.filename, [...process.argv.slice(2), '--part', `${part}`, '--parts', `${parts}`]);
    const runs: RunFigures[] = [];
    child.on('message', (said) => runs.push(...(said as RunFigures[])));
    const [code] = await once(child, 'exit');
    if (code !== 0 && !runs.some(({ failed }) => failed)) throw new Error(`a part of the seeds ended with ${code}`);
    return runs;
  });
  return (await Promise.all(each)).flat();
};

if (values.part !== undefined) {
  process.send?.(await runSeeds(from + Number(values.part), Number(values.parts)));
} else {
  const begun = performance.now();
  const runs = seeds < 4 ? await runSeeds(from, 1) : await runSeedsInProcesses(2);
  console.log(renderSummary(runs, (performance.now() - begun) / 1000));
  process.exitCode = runs.some(({ failed }) => failed) ? 1 : 0;
}

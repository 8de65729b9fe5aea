// npm run bench:weeks: simulated weeks, one for each seed, until 10,000 are recorded. It resumes.
import '../local/quiet.ts';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { startTemporaryEngine } from '../local/engine/engine.ts';
import { loadSimulation } from '../test/kit/random.ts';

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { SHORT_RUN, simulate, renderRun, renderSummary } = await loadSimulation();

const { values } = parseArgs({
  options: {
    weeks: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '60' },
    // Two processes on two cores: --from 1 --step 2, and --from 2 --step 2.
    from: { type: 'string', default: '1' },
    step: { type: 'string', default: '1' },
  },
});
const [weeks, minutes, from, step] = [values.weeks, values.minutes, values.from, values.step].map(Number) as [
  number,
  number,
  number,
  number,
];

type RecordedWeek = Parameters<typeof renderSummary>[0][number] & { readonly commit: string };

const FOLDER = '.bahi/weeks';
const RECORD = `${FOLDER}/weeks.jsonl`;
/** A book is never removed from an engine, which grows slower with many. */
const WEEKS_PER_ENGINE = 25;

const recorded = (): RecordedWeek[] =>
  existsSync(RECORD)
    ? readFileSync(RECORD, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): RecordedWeek => JSON.parse(line))
    : [];

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
const commit = git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : ' and changes');

const known = new Set(recorded().map(({ seed }) => seed));
const left = Array.from({ length: Math.ceil((weeks - from + 1) / step) }, (_, at) => from + at * step).filter(
  (seed) => !known.has(seed),
);

const liveWeek = async (seed: number, endpoint: string): Promise<void> => {
  const { story, violations, ...figures } = await simulate({ ...SHORT_RUN, seed, endpoint });
  const failed = violations.length > 0;
  if (failed) {
    const text = renderRun({ ...figures, story, violations }, SHORT_RUN);
    writeFileSync(`${FOLDER}/seed-${seed}.txt`, text);
    console.log(text);
  }
  appendFileSync(RECORD, `${JSON.stringify({ ...figures, failed, commit } satisfies RecordedWeek)}\n`);
};

setPriority(19);
mkdirSync(FOLDER, { recursive: true });
const begun = performance.now();
const seconds = () => (performance.now() - begun) / 1_000;
while (left.length > 0 && seconds() < 60 * minutes) {
  const engine = await startTemporaryEngine();
  for (const seed of left.splice(0, WEEKS_PER_ENGINE))
    if (seconds() < 60 * minutes) await liveWeek(seed, engine.endpoint);
  await engine.stop();
}

const all = recorded();
for (const [build, runs] of Map.groupBy(all, ({ commit: of }) => of))
  console.log(
    `${build}: seeds ${Math.min(...runs.map(({ seed }) => seed))} to ${Math.max(...runs.map(({ seed }) => seed))}`,
  );
console.log(renderSummary(all, seconds()));
console.log(`${all.length} of ${weeks} weeks are recorded in ${RECORD}.`);
process.exitCode = all.some(({ failed }) => failed) ? 1 : 0;

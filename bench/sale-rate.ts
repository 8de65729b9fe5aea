// npm run bench:sale-rate: sales a second at 16 at once, of this tree and of an earlier commit.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PhoneOrder } from './sale/phone.ts';
import type { StallAnswer, StallOrder } from './sale/stall-process.ts';

const [commit = '3a8d4ef'] = process.argv.slice(2);
const PARALLEL = 16;
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const CASES = [
  { lines: 1, count: 800 },
  { lines: 3, count: 800 },
  { lines: 40, count: 160 },
];

const here = fileURLToPath(new URL('..', import.meta.url));
const earlier = `${here}.bahi/baseline-${commit}`;
if (!existsSync(`${earlier}/node_modules`)) {
  mkdirSync(earlier, { recursive: true });
  execFileSync('sh', ['-c', `git archive ${commit} | tar x -C "${earlier}"`], { cwd: here });
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: earlier, stdio: 'inherit' });
}

const script = (name: string) => fileURLToPath(new URL(`sale/${name}.ts`, import.meta.url));
const phone = fork(script('phone'));
const stalls = { earlier: fork(script('stall-process'), [earlier]), now: fork(script('stall-process'), [here]) };
type Build = keyof typeof stalls;
const BUILDS: readonly Build[] = ['earlier', 'now'];

/** Sales a second. */
const measure = async (build: Build, lines: number, count: number): Promise<number> => {
  stalls[build].send({ lines, count } satisfies StallOrder);
  const [requests]: [StallAnswer] = (await once(stalls[build], 'message')) as [StallAnswer];
  phone.send({ requests, parallel: PARALLEL } satisfies PhoneOrder);
  const [milliseconds] = (await once(phone, 'message')) as [number];
  return (1_000 * count) / milliseconds;
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

try {
  await Promise.all(BUILDS.map((build) => once(stalls[build], 'message')));
  const rows = CASES.map((one) => ({ ...one, earlier: [] as number[], now: [] as number[] }));
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++)
    for (const row of rows)
      for (const build of round % 2 ? BUILDS : BUILDS.toReversed()) {
        const rate = await measure(build, row.lines, row.count);
        if (round > 0) row[build].push(rate);
      }
  console.log(`Sales a second over HTTP at ${PARALLEL} at once, medians of ${ROUNDS} rounds in turns:\n`);
  console.log(`| lines | ratio | now | ${commit} |`);
  console.log('| ----: | ----: | --: | --: |');
  for (const { lines, earlier: before, now } of rows) {
    const ratio = median(now.map((rate, at) => rate / (before[at] ?? 1)));
    console.log(`| ${lines} | ${ratio.toFixed(2)} | ${median(now).toFixed(0)} | ${median(before).toFixed(0)} |`);
  }
} finally {
  phone.kill();
  for (const build of BUILDS) stalls[build].kill();
}

// npm run bench:rationing: time to share a material as requests grow tenfold.
import { type RationingDemand, ration } from '../shared/materials/rationing.ts';
import { seededRandom } from '../test/kit/random.ts';

const [FEW, MANY] = [1_000, 10_000];
const SHAPES = {
  'enough for all': 1,
  'half of what is asked': 0.5,
  'hardly anything': 0.01,
};
const ROUNDS = 31;

const requests = (count: number): RationingDemand[] => {
  const random = seededRandom(42).next;
  return Array.from({ length: count }, (_, at) => ({
    id: `7KQ2MQ26112${at}`,
    requested: 1 + Math.floor(random() * 500_000),
    weight: 1 + Math.floor(random() * 20),
    order: String(random()),
  }));
};

const cases = Object.entries(SHAPES).flatMap(([shape, part]) =>
  [FEW, MANY].map((count) => {
    const claims = requests(count);
    const stock = Math.floor(part * claims.reduce((sum, { requested }) => sum + requested, 0));
    return { shape, count, times: [] as number[], run: () => ration(stock, claims) };
  }),
);

const measure = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

for (const { run } of cases) for (let warm = 0; warm < 10; warm++) run();
for (let round = 0; round < ROUNDS; round++) for (const { run, times } of cases) times.push(measure(run));

const taken = (shape: string, count: number): number =>
  median(cases.find((one) => one.shape === shape && one.count === count)?.times ?? []);

console.log(`Time to share among ${MANY} requests, as a ratio to ${FEW}:\n`);
console.log('| there is              | ratio |');
console.log('| --------------------- | ----- |');
for (const shape of Object.keys(SHAPES))
  console.log(`| ${shape.padEnd(21)} | ${(taken(shape, MANY) / taken(shape, FEW)).toFixed(1).padStart(5)} |`);
const each = Object.keys(SHAPES).map((shape) => `${taken(shape, FEW).toFixed(1)} and ${taken(shape, MANY).toFixed(1)}`);
console.log(`\nHere and now, in milliseconds, ${FEW} and ${MANY}: ${each.join('; ')}. Medians of ${ROUNDS} rounds.`);

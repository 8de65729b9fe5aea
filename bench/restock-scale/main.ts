// npm run bench:restock-scale: cost of planning and the alert sweep at two sizes.
import '../../local/quiet.ts';
import { parseArgs } from 'node:util';
import { startTemporaryEngine } from '../../local/engine/engine.ts';
import { type Measured, measure } from './steps.ts';

const { values } = parseArgs({
  options: {
    outlets: { type: 'string', default: '1000,5000' },
    items: { type: 'string', default: '200' },
    at: { type: 'string', default: '100' },
  },
});
const [sizes, items] = [values.outlets.split(',').map(Number), Number(values.items)];

const started = performance.now();
const say = (text: string) => console.error(`${((performance.now() - started) / 1_000).toFixed(0)} s: ${text}`);
const formatNumber = (n: number, digits = 0) => n.toLocaleString('en-IN', { maximumFractionDigits: digits });
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Each size has its own engine, so that sizes do not affect each other. */
const measureAlone = async (outlets: number): Promise<readonly Measured[]> => {
  const engine = await startTemporaryEngine();
  try {
    say(`${outlets} outlets of ${items} items are put in`);
    const at = values.at === 'all' ? outlets : Math.min(outlets, Number(values.at));
    return await measure(engine.endpoint, { outlets, items, at }, ({ name, job, used, counts }) =>
      say(`${job}, ${name}: ${used.seconds.toFixed(1)} s, ${JSON.stringify({ ...used.of, ...counts })}`),
    );
  } finally {
    await engine.stop();
  }
};

const all: { readonly size: number; readonly measured: readonly Measured[] }[] = [];
for (const size of sizes) all.push({ size, measured: await measureAlone(size) });

for (const { size, measured } of all) {
  const head = [
    'job',
    'when',
    'outlets',
    'calls',
    'units read',
    'units written',
    'read an outlet',
    'written an outlet',
  ];
  const rows = measured.map(({ job, name, outlets, used }) => [
    `\`${job}\``,
    name,
    ...[outlets, used.calls, used.reads, used.writes].map((n) => formatNumber(n)),
    ...[used.reads / outlets, used.writes / outlets].map((n) => formatNumber(n, 2)),
    formatNumber(used.seconds, 1),
    formatNumber(used.busy, 1),
    formatNumber((1_000 * used.seconds) / outlets, 1),
    formatNumber(used.megabytes),
    formatNumber(used.largest),
  ]);
  console.log(`\n${formatNumber(size)} outlets of ${formatNumber(items)} items:\n`);
  console.log(table([...head, 'seconds', 'of its processor', 'ms an outlet', 'MB', 'largest item, KB'], rows));
}

const [few, many] = all;
if (few && many) {
  const rows = many.measured.map(({ job, name, outlets, used }, at) => {
    const less = few.measured[at];
    const times = (of: 'reads' | 'writes' | 'seconds' | 'busy', digits: number) =>
      less?.used[of]
        ? formatNumber(((used[of] / outlets) * many.size) / ((less.used[of] / less.outlets) * few.size), digits)
        : '';
    return [`\`${job}\``, name, times('reads', 2), times('writes', 2), times('seconds', 1), times('busy', 1)];
  });
  console.log(`\nAll ${formatNumber(many.size)} outlets, in how many times what all ${formatNumber(few.size)} take:\n`);
  console.log(table(['job', 'when', 'units read', 'units written', 'time', 'of its processor'], rows));
}

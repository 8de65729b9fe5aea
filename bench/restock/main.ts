import { allListed, backwards, cellsOf, type Demand, readDemand } from './demand.ts';
import { type AtFill, drawsOf, interval, measured } from './fill.ts';
import { clairvoyant, minMax, monthlyCover, oneMinimum, reorderLevel } from './fixed.ts';
import { ours, sameSureness } from './ours.ts';
import { COVER, LEAD, type Method, REVIEW, type Span, trade } from './shop.ts';
import { tsb, tsbByPiece } from './tsb.ts';

// npm run bench:restock [-- --first | --backwards] [--all-listed] [file]: stock that each method
// needs at 90, 95 and 98 % fill. --first: tuning days. --backwards: tuning days reversed.
// --all-listed: all items from the first day.
const file =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '../shared/data/retail-demand.csv.gz';
/** All methods are tuned up to day 120 and judged after it. */
const FIRST: Span = { from: 46, settle: 14, to: 120 };
const BACK: Span = { from: 56, settle: 14, to: 120 };
const LAST: Span = { from: 106, settle: 14, to: 180 };
const FILLS = [0.9, 0.95, 0.98];

type Entry = {
  readonly name: string;
  readonly knob: string;
  readonly knobs: readonly number[];
  make(demand: Demand, from: number, knob: number): Method;
};

const chances = [0.5, 0.7, 0.8, 0.86, 0.9, 0.93, 0.95, 0.97, 0.98, 0.988, 0.993, 0.997, 0.999];
const days = [1, 4, 8, 12, 16, 20, 28, 36, 50, 70, 100, 150, 200];
const METHODS: readonly Entry[] = [
  { name: 'one minimum for all', knob: 'pieces', knobs: [0, 1, 2, 3, 4, 5, 6, 7, 8], make: oneMinimum },
  {
    name: 'min/max of each item',
    knob: 'times the use until more comes',
    knobs: [0.2, 0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 8, 12, 20, 40],
    make: minMax,
  },
  {
    name: 'ERPNext reorder level',
    knob: 'pieces of safety stock',
    knobs: [-1, 0, 1, 2, 3, 4, 5, 6, 7],
    make: reorderLevel,
  },
  { name: 'OpenLMIS, 30 days', knob: 'days of cover', knobs: days, make: monthlyCover(30) },
  { name: 'OpenLMIS, 7 days', knob: 'days of cover', knobs: days, make: monthlyCover(7) },
  { name: 'TSB + NB', knob: 'sureness', knobs: chances, make: (demand, from, knob) => tsb(demand, from, knob) },
  { name: 'TSB + NB, our sureness', knob: 'service', knobs: chances, make: tsbByPiece },
  { name: 'Bahi, one sureness for all', knob: 'sureness', knobs: chances, make: ours(sameSureness) },
  { name: 'Bahi', knob: 'service', knobs: chances, make: ours() },
  {
    name: 'who knows the future',
    knob: 'of what is wanted',
    knobs: [0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99, 1],
    make: clairvoyant,
  },
];

const whole = (n: number): string => Math.round(n).toLocaleString('en-IN');
const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;

const stockCell = (at: AtFill | undefined): string => {
  if (!at) return 'not reached';
  const range = interval(at.drawn);
  return `${whole(at.stock)}${range ? ` (${range.map(whole).join(' to ')})` : ''}`;
};

const lessCell = (theirs: AtFill | undefined, our: AtFill | undefined): string => {
  if (!theirs || !our || theirs === our || our.stock > 10 * theirs.stock) return '';
  const less = theirs.drawn.map((stock, at) => {
    const mine = our.drawn[at];
    return stock !== undefined && mine !== undefined ? 1 - mine / stock : undefined;
  });
  const range = interval(less);
  return `${percent(1 - our.stock / theirs.stock)}${range ? ` (${range.map(percent).join(' to ')})` : ''}`;
};

const read = readDemand(file);
if (!read) {
  console.log(`There is no ${file}: nothing is measured.`);
  process.exit(0);
}

const hasFlag = (flag: string): boolean => process.argv.includes(flag);
const turned = hasFlag('--backwards') ? backwards(read, BACK.to) : read;
const demand = hasFlag('--all-listed') ? allListed(turned) : turned;
const span = hasFlag('--backwards') ? BACK : hasFlag('--first') ? FIRST : LAST;
const draws = drawsOf(demand.items);
const started = performance.now();
const rows = METHODS.map(({ name, knob, knobs, make }) => {
  const settings = knobs.map((at) => ({ knob: at, result: trade(demand, span, make(demand, span.from, at)) }));
  process.stderr.write(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  return { name, knob, at: FILLS.map((fill) => measured(settings, fill, draws)) };
});

const our = rows.find(({ name }) => name === 'Bahi');

const cells = cellsOf(demand);
console.log(
  `Units on the shelves of ${demand.outlets} outlets × ${demand.items} items (${whole(cells)} shelves), days ${span.from + span.settle + 1} to ${span.to} of ${demand.days}; ` +
    `lead ${LEAD}, review ${REVIEW}, cover ${COVER} days. In brackets the middle 95 % over ${draws.length} draws of items.\n`,
);
console.log(
  `| | ${FILLS.map((fill) => `at ${percent(fill)}`).join(' | ')} | its setting at 95 % | shelves empty at 95 % | alerts a day at 95 % | Bahi needs less at 95 % |`,
);
console.log(`| --- | ${FILLS.map(() => '---').join(' | ')} | --- | --- | --- | --- |`);
for (const { name, knob, at } of rows) {
  const mid = at[1];
  const more = [
    mid ? `${mid.knob.toPrecision(3)} ${knob}` : '',
    mid ? `${((100 * mid.out) / cells).toFixed(1)} %` : '',
    mid ? whole(mid.orders) : '',
    lessCell(mid, our?.at[1]),
  ];
  console.log(`| ${[name, ...at.map(stockCell), ...more].join(' | ')} |`);
}

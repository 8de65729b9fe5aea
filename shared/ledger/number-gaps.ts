import { MOST_UNSEEN } from '../kernel/last-numbers.ts';
import type { Day } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { Claim, Voucher } from './voucher.ts';

/** As far as anyone tells, in all. */
export const MOST_MISSING = 1_000;

/** The last numbers that a voucher declares: of its own terminal a shift's close, of those that it hands over a hand-over. */
export const declaredIn = (claim: Claim): readonly VoucherNumber[] => {
  if ('last' in claim) return claim.last;
  return 'terminals' in claim ? claim.terminals.flatMap(({ last }) => last) : [];
};

/** What lies before the books that were read: the last number known of it, or the day before which none was. */
export type Before = VoucherNumber | { readonly day: Day };

/** What a voucher says was before it: another terminal's number it names by mistake. */
const namedBy = ({ number, claim }: Pick<Voucher, 'number' | 'claim'>): readonly VoucherNumber[] => {
  const isOurs = (other: VoucherNumber) => partsOf(other).terminal === partsOf(number).terminal;
  return [...(claim.previous === null ? [] : [claim.previous]), ...('last' in claim ? claim.last : [])].filter(isOurs);
};

/** Terminal, kind and day: what serials count in. */
const seriesOf = (number: VoucherNumber): string => number.slice(0, 12);
const serialOf = (number: VoucherNumber): number => Number(number.slice(12));

/**
 * The numbers of a terminal that surely were used and are not `known` (in the book, or held): named by a later voucher as its `previous`, declared as a
 * last one, or skipped, since serials begin at 0001 and leave none out. `declared`: by others, such as a hand-over written by another terminal. Up to `before`
 * only what is named is asked for. Across a leap of more than `MOST_UNSEEN` nothing is asked for, whether a voucher stands beyond it or is only named there.
 * In order, at most `MOST_MISSING`, of which no series takes what others need.
 */
export const missingNumbers = (
  known: readonly Pick<Voucher, 'number' | 'claim'>[],
  declared: readonly VoucherNumber[],
  before?: Before,
): VoucherNumber[] => {
  const there = [...known.map(({ number }) => number), ...(typeof before === 'string' ? [before] : [])];
  return missingAmong(there, [...known.flatMap(namedBy), ...declared], before);
};

/** The same, of numbers alone. */
export const missingAmong = (
  known: readonly VoucherNumber[],
  said: readonly VoucherNumber[],
  before?: Before,
): VoucherNumber[] => {
  const [there, named] = [new Set(known), new Set(said)];
  const used = Map.groupBy([...there, ...named], seriesOf);
  const each = [...used].map(([series, numbers]) => {
    // Of days that were not read, nobody knows how far they went: only what is named is asked for.
    const unread = numbers.filter((number) => !isAfter(number, before));
    const read = runsOf(numbers)
      .filter((run) => isFromStart(run) || run.some((number) => there.has(number)))
      .flatMap((run) => serialsIn(series, run).filter((number) => isAfter(number, before)));
    return [...new Set([...unread, ...read])].filter((number) => !there.has(number)).toSorted();
  });
  const shortFirst = each.toSorted((one, other) => one.length - other.length);
  return shortFirst.flat().slice(0, MOST_MISSING).toSorted();
};

/** One series in runs, in order: where the next serial is more than `MOST_UNSEEN` above, it leaps, and another run begins. */
const runsOf = (numbers: readonly VoucherNumber[]): VoucherNumber[][] => {
  const runs: VoucherNumber[][] = [];
  let highest = Number.NEGATIVE_INFINITY;
  for (const number of numbers.toSorted()) {
    if (serialOf(number) - highest > MOST_UNSEEN) runs.push([]);
    runs.at(-1)?.push(number);
    highest = serialOf(number);
  }
  return runs;
};

/** A series begins at 0001: a run that begins far above has leapt. */
const isFromStart = ([first]: readonly VoucherNumber[]): boolean =>
  first !== undefined && serialOf(first) <= MOST_UNSEEN;

const serialsIn = (series: string, run: readonly VoucherNumber[]): VoucherNumber[] => {
  const [first, last] = [
    isFromStart(run) ? 1 : serialOf(run[0] as VoucherNumber),
    serialOf(run.at(-1) as VoucherNumber),
  ];
  return Array.from(
    { length: last - first + 1 },
    (_, at) => `${series}${String(first + at).padStart(4, '0')}` as VoucherNumber,
  );
};

/** Those of a day's numbers that lie beyond a leap. They prove nothing of the numbers before them. */
export const beyondLeaps = (numbers: readonly VoucherNumber[]): VoucherNumber[] =>
  [...Map.groupBy(numbers, seriesOf).values()].flatMap((series) =>
    runsOf(series)
      .filter((run) => !isFromStart(run))
      .flat(),
  );

const isAfter = (number: VoucherNumber, before: Before | undefined): boolean => {
  if (!before) return true;
  if (typeof before !== 'string') return partsOf(number).day >= before.day;
  if (partsOf(number).day > partsOf(before).day) return true;
  return seriesOf(number) === seriesOf(before) && number > before;
};

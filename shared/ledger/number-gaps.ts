import { MAX_SERIAL_GAP } from '../kernel/last-numbers.ts';
import type { Day } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { Voucher, VoucherClaim } from './voucher.ts';

/** The most that one terminal is asked for. */
export const MAX_MISSING_NUMBERS = 1_000;

/** The last numbers that a close of a shift or a hand-over declares. */
export const declaredNumbers = (claim: VoucherClaim): readonly VoucherNumber[] => {
  if ('last' in claim) return claim.last;
  return 'terminals' in claim ? claim.terminals.flatMap(({ last }) => last) : [];
};

/** Before the day books that were read: the last known number, or the first day that was read. */
export type GapBoundary = VoucherNumber | { readonly day: Day };

/** Numbers that a voucher names as earlier ones of its own terminal. */
const referencedNumbers = ({ number, claim }: Pick<Voucher, 'number' | 'claim'>): readonly VoucherNumber[] => {
  const isOurs = (other: VoucherNumber) => partsOf(other).terminal === partsOf(number).terminal;
  return [...(claim.previous === null ? [] : [claim.previous]), ...('last' in claim ? claim.last : [])].filter(isOurs);
};

/** Terminal, kind and day: serials count within these. */
const seriesOf = (number: VoucherNumber): string => number.slice(0, 12);
const serialOf = (number: VoucherNumber): number => Number(number.slice(12));

/**
 * Numbers of a terminal that were used and are neither recorded nor held (`known`). Evidence: a
 * later voucher names one as `previous`, a close or hand-over (`declared`) names it, or a later
 * serial exists. Up to `before`, only named numbers count. A leap of more than `MAX_SERIAL_GAP`
 * proves nothing. Sorted, at most `MAX_MISSING_NUMBERS`, shared fairly between series.
 */
export const missingNumbers = (
  known: readonly Pick<Voucher, 'number' | 'claim'>[],
  declared: readonly VoucherNumber[],
  before?: GapBoundary,
): VoucherNumber[] => {
  const there = [...known.map(({ number }) => number), ...(typeof before === 'string' ? [before] : [])];
  return findMissingNumbers(there, [...known.flatMap(referencedNumbers), ...declared], before);
};

/** The same for numbers alone. */
export const findMissingNumbers = (
  known: readonly VoucherNumber[],
  declaredByOthers: readonly VoucherNumber[],
  before?: GapBoundary,
): VoucherNumber[] => {
  const [there, named] = [new Set(known), new Set(declaredByOthers)];
  const used = Map.groupBy([...there, ...named], seriesOf);
  const each = [...used].map(([series, numbers]) => {
    // For days that were not read, only named numbers are known to exist.
    const unread = numbers.filter((number) => !isAfterBoundary(number, before));
    const read = runsOf(numbers)
      .filter((run) => startsAtFirstSerial(run) || run.some((number) => there.has(number)))
      .flatMap((run) => numbersOfRun(series, run).filter((number) => isAfterBoundary(number, before)));
    return [...new Set([...unread, ...read])].filter((number) => !there.has(number)).toSorted();
  });
  const shortFirst = each.toSorted((one, other) => one.length - other.length);
  return shortFirst.flat().slice(0, MAX_MISSING_NUMBERS).toSorted();
};

/** One series in runs: a leap of more than the allowed serials begins a new run. */
const runsOf = (numbers: readonly VoucherNumber[]): VoucherNumber[][] => {
  const runs: VoucherNumber[][] = [];
  let highest = Number.NEGATIVE_INFINITY;
  for (const number of numbers.toSorted()) {
    if (serialOf(number) - highest > MAX_SERIAL_GAP) runs.push([]);
    runs.at(-1)?.push(number);
    highest = serialOf(number);
  }
  return runs;
};

/** A series begins at 0001: a run that begins far above has leapt. */
const startsAtFirstSerial = ([first]: readonly VoucherNumber[]): boolean =>
  first !== undefined && serialOf(first) <= MAX_SERIAL_GAP;

const numbersOfRun = (series: string, run: readonly VoucherNumber[]): VoucherNumber[] => {
  const [first, last] = [
    startsAtFirstSerial(run) ? 1 : serialOf(run[0] as VoucherNumber),
    serialOf(run.at(-1) as VoucherNumber),
  ];
  return Array.from(
    { length: last - first + 1 },
    (_, at) => `${series}${String(first + at).padStart(4, '0')}` as VoucherNumber,
  );
};

/** Numbers of a day beyond a leap. They prove nothing of the numbers before them. */
export const numbersBeyondLeaps = (numbers: readonly VoucherNumber[]): VoucherNumber[] =>
  [...Map.groupBy(numbers, seriesOf).values()].flatMap((series) =>
    runsOf(series)
      .filter((run) => !startsAtFirstSerial(run))
      .flat(),
  );

const isAfterBoundary = (number: VoucherNumber, before: GapBoundary | undefined): boolean => {
  if (!before) return true;
  if (typeof before !== 'string') return partsOf(number).day >= before.day;
  if (partsOf(number).day > partsOf(before).day) return true;
  return seriesOf(number) === seriesOf(before) && number > before;
};

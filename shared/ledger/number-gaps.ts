import { MAX_SERIAL_GAP } from '../kernel/last-numbers.ts';
import type { Day } from '../kernel/time.ts';
import { partsOf, sequenceOf, timeOfSequence, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { HeldVoucher } from './held.ts';
import { isShift } from './kinds/shift.ts';
import { isCancelled, kindOf, type Voucher, type VoucherClaim } from './voucher.ts';

/** Per terminal. */
export const MAX_MISSING_NUMBERS = 1_000;

export const declaredNumbers = (claim: VoucherClaim): readonly VoucherNumber[] =>
  isCancelled(claim) ? [] : (kindOf(claim).declaredNumbers?.(claim) ?? []);

/** The last known number, or the first day that was read. */
export type GapBoundary = VoucherNumber | { readonly day: Day };

const referencedNumbers = ({ number, claim }: Pick<Voucher, 'number' | 'claim'>): readonly VoucherNumber[] => {
  const isOurs = (other: VoucherNumber) => partsOf(other).terminal === partsOf(number).terminal;
  return [...(claim.previous === null ? [] : [claim.previous]), ...(isShift(claim) ? claim.last : [])].filter(isOurs);
};

/** Serials count within a terminal, kind and day. */
const seriesOf = (number: VoucherNumber): string => number.slice(0, 12);
const serialOf = (number: VoucherNumber): number => Number(number.slice(12));

/**
 * Used numbers that are neither recorded nor held. Evidence: a later `previous`, a `declared`
 * number or a later serial. Up to `before`, only named numbers count. A leap beyond
 * `MAX_SERIAL_GAP` proves nothing. Sorted, at most `MAX_MISSING_NUMBERS`, shared fairly between
 * series.
 */
export const missingNumbers = (
  known: readonly Pick<Voucher, 'number' | 'claim'>[],
  declared: readonly VoucherNumber[],
  before?: GapBoundary,
): VoucherNumber[] => {
  const there = [...known.map(({ number }) => number), ...(typeof before === 'string' ? [before] : [])];
  return findMissingNumbers(there, [...known.flatMap(referencedNumbers), ...declared], before);
};

export const findMissingNumbers = (
  known: readonly VoucherNumber[],
  declaredByOthers: readonly VoucherNumber[],
  before?: GapBoundary,
): VoucherNumber[] => {
  const there = new Set(known);
  const named = new Set(declaredByOthers);
  const used = Map.groupBy([...there, ...named], seriesOf);
  const each = [...used].map(([series, numbers]) => {
    // On unread days only named numbers are known to exist.
    const unread = numbers.filter((number) => !isAfterBoundary(number, before));
    const read = runsOf(numbers)
      .filter((run) => startsAtFirstSerial(run) || run.some((number) => there.has(number)))
      .flatMap((run) => numbersOfRun(series, run).filter((number) => isAfterBoundary(number, before)));
    return [...new Set([...unread, ...read])].filter((number) => !there.has(number)).toSorted();
  });
  const shortFirst = each.toSorted((one, other) => one.length - other.length);
  return shortFirst.flat().slice(0, MAX_MISSING_NUMBERS).toSorted();
};

/** A leap begins a new run. */
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

/** A series begins at 0001: a first number near it misses those before it. */
const startsAtFirstSerial = ([first]: readonly VoucherNumber[]): boolean =>
  first !== undefined && serialOf(first) <= MAX_SERIAL_GAP;

const numbersOfRun = (series: string, run: readonly VoucherNumber[]): VoucherNumber[] => {
  const first = startsAtFirstSerial(run) ? 1 : serialOf(run[0] as VoucherNumber);
  const last = serialOf(run.at(-1) as VoucherNumber);
  return Array.from(
    { length: last - first + 1 },
    (_, at) => `${series}${String(first + at).padStart(4, '0')}` as VoucherNumber,
  );
};

/** These prove nothing about the numbers before them. */
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

type TerminalRecords = {
  readonly since: Day;
  /** Recorded since that day. `held` includes settled ones. */
  readonly vouchers: readonly Voucher[];
  readonly held: readonly HeldVoucher[];
  readonly declared: readonly VoucherNumber[];
};

type TerminalNumbers = {
  /** The highest number of each kind. */
  readonly last: VoucherNumber[];
  /** The newest of all kinds, by corrected time. */
  readonly latest?: VoucherNumber;
  readonly missing: VoucherNumber[];
};

/** At one time, the one that no other names as `previous`. */
const latestOf = (known: readonly SequencedClaim[]): VoucherNumber | undefined => {
  const ordered = known.toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
  const last = ordered.at(-1);
  const tied = ordered.filter((one) => last && timeOfSequence(sequenceOf(one)) === timeOfSequence(sequenceOf(last)));
  const followed = new Set(tied.map(({ claim }) => claim.previous));
  return (tied.findLast(({ number }) => !followed.has(number)) ?? last)?.number;
};

type SequencedClaim = Parameters<typeof sequenceOf>[0] & Pick<Voucher, 'claim'>;

/** A held number is not missing: the officer has it. */
export const terminalNumbersOf = ({ since, vouchers, held, declared }: TerminalRecords): TerminalNumbers => {
  const heldNumbers = held.map(({ number, claim, skew }) => ({ number, claim, admission: { skew } }));
  const known = [...vouchers, ...heldNumbers];
  const recent = known.filter(({ number }) => partsOf(number).day >= since);
  const latest = latestOf(recent);
  const kinds = Map.groupBy(
    recent.map(({ number }) => number),
    (number) => partsOf(number).kind,
  );
  return {
    last: [...kinds.values()].flatMap((same) => same.toSorted().slice(-1)).toSorted(),
    ...(latest && { latest }),
    missing: missingNumbers(known, declared, { day: since }),
  };
};

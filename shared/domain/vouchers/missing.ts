import type { Day } from '../time.ts';
import { MOST_UNSEEN } from './last-numbers.ts';
import { partsOf, type VoucherNumber } from './number.ts';
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
 * only what is named is asked for. What is named far beyond all that is known is believed of nobody. In order, at most `MOST_MISSING`, of which no series takes what others need.
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
    // Of days that were not read, nobody knows how far they went.
    const unread = numbers.filter((number) => !isAfter(number, before)).map(serialOf);
    const upTo = Math.max(highestOf(numbers.toSorted(), there), ...unread);
    const serials = Array.from(
      { length: upTo },
      (_, at) => `${series}${String(at + 1).padStart(4, '0')}` as VoucherNumber,
    );
    return serials.filter((number) => !there.has(number) && (named.has(number) || isAfter(number, before)));
  });
  const shortFirst = each.toSorted((one, other) => one.length - other.length);
  return shortFirst.flat().slice(0, MOST_MISSING).toSorted();
};

/** The highest serial of a series that is there, or is named and believed. */
const highestOf = (inOrder: readonly VoucherNumber[], there: ReadonlySet<VoucherNumber>): number =>
  inOrder.reduce((highest, number) => {
    const serial = serialOf(number);
    return there.has(number) || serial - highest <= MOST_UNSEEN ? serial : highest;
  }, 0);

const isAfter = (number: VoucherNumber, before: Before | undefined): boolean => {
  if (!before) return true;
  if (typeof before !== 'string') return partsOf(number).day >= before.day;
  if (partsOf(number).day > partsOf(before).day) return true;
  return seriesOf(number) === seriesOf(before) && number > before;
};

import type { TerminalCode } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { sequenceOf } from '../kernel/voucher-sequence.ts';
import { declaredNumbers, findMissingNumbers, numbersBeyondLeaps } from '../ledger/number-gaps.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import type { ClosedTerminal } from './day-close.ts';

/**
 * Numbers of one terminal and day that others name: vouchers of its later days, and hand-overs. `ends`: one of them is the `previous` of a later day's
 * voucher, so that nothing came after it. What is declared as a last one ends its own kind only: who hands over may not know of another.
 */
export type NamedNumbers = {
  readonly day: Day;
  readonly terminal: TerminalCode;
  readonly numbers: readonly VoucherNumber[];
  readonly ends: boolean;
};

/** What a book says of numbers of other days, or of other terminals: kept beside the day that they are of. */
export const namedNumbersIn = (book: readonly NumberedClaim[]): NamedNumbers[] => {
  const named = book.flatMap((voucher) => {
    const { terminal, day } = partsOf(voucher.number);
    const isEarlier = (number: VoucherNumber) => partsOf(number).terminal === terminal && partsOf(number).day < day;
    const { previous, kind } = voucher.claim;
    const declared = declaredNumbers(voucher.claim).filter((number) => kind === 'H' || isEarlier(number));
    return [
      ...(previous !== null && isEarlier(previous) ? [{ number: previous, ends: true }] : []),
      ...declared.map((number) => ({ number, ends: false })),
    ];
  });
  const groups = Map.groupBy(named, ({ number }) => `${partsOf(number).day}${number.slice(0, 5)}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { day, terminal } = partsOf(first.number);
    const numbers = [...new Set(same.map(({ number }) => number))].toSorted();
    return [{ day, terminal, numbers, ends: same.some(({ ends }) => ends) }];
  });
};

/** A voucher as far as it tells of numbers; one that is held tells them as well. */
export type NumberedClaim = Pick<Voucher, 'number' | 'claim'>;

const numbersNamedBy = ({ claim }: NumberedClaim): readonly VoucherNumber[] => [
  ...(claim.previous === null ? [] : [claim.previous]),
  ...declaredNumbers(claim),
];

type TerminalEvidence = {
  readonly day: Day;
  readonly book: readonly Voucher[];
  /** Of this day's numbers, what is kept for an officer, or was. Its phone wrote it after another all the same. */
  readonly held: readonly NumberedClaim[];
  readonly namedNumbers: readonly NamedNumbers[];
};

/** Each terminal that wrote in this book, or of which a number of this day is named. A request is in no day book: whether it came is not told here. */
export const closedTerminalsOf = ({ day, book, held, namedNumbers }: TerminalEvidence): ClosedTerminal[] => {
  const ofDay = [...namedNumbers, ...namedNumbersIn([...book, ...held])].filter((one) => one.day === day);
  const wrote = Map.groupBy(book, ({ number }) => partsOf(number).terminal);
  const codes = new Set([...wrote.keys(), ...ofDay.map(({ terminal }) => terminal)]);
  return [...codes].toSorted().flatMap((terminal) => {
    const ours = (wrote.get(terminal) ?? []).toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
    const about = ofDay.filter((one) => one.terminal === terminal);
    const told = about.flatMap(({ numbers }) => numbers);
    const here = (number: VoucherNumber) =>
      partsOf(number).day === day && partsOf(number).terminal === terminal && partsOf(number).kind !== 'Q';
    const kept = held.filter(({ number }) => here(number));
    const there = [...ours, ...kept].map(({ number }) => number);
    const missing = findMissingNumbers(there, [...told, ...[...ours, ...kept].flatMap(numbersNamedBy)].filter(here));
    const lastOne = ours.at(-1);
    const last = lastOne?.number ?? told.toSorted().at(-1);
    if (!last) return [];
    // A close of a shift that names a number beyond a leap does not say what the last was: that was mistyped,
    // be it by the close or by a voucher that stands there.
    const leapt = new Set(numbersBeyondLeaps(there));
    const known = new Set([...there, ...missing].filter((number) => !leapt.has(number)));
    const isClosed =
      lastOne?.claim.kind === 'K' &&
      !isCancelled(lastOne.claim) &&
      numbersNamedBy(lastOne)
        .filter(here)
        .every((number) => known.has(number));
    const isProven = about.some(({ ends }) => ends) || isClosed;
    return [{ terminal, last, missing, state: missing.length > 0 ? 'missing' : isProven ? 'proven' : 'unproven' }];
  });
};

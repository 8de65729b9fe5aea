import type { TerminalCode } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isHandOver } from '../ledger/kinds/hand-over.ts';
import { isShift } from '../ledger/kinds/shift.ts';
import { declaredNumbers, findMissingNumbers, numbersBeyondLeaps } from '../ledger/number-gaps.ts';
import { inTerminalOrder } from '../ledger/till.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { isLedgerKind } from '../ledger/voucher-kinds.ts';
import type { ClosedTerminal } from './day-close.ts';

/**
 * `ends`: one is the `previous` of a later day, so it is the day's last. Declared numbers end only
 * their own kind.
 */
export type NamedNumbers = {
  readonly day: Day;
  readonly terminal: TerminalCode;
  readonly numbers: readonly VoucherNumber[];
  readonly ends: boolean;
};

export const namedNumbersIn = (book: readonly NumberedClaim[]): NamedNumbers[] => {
  const named = book.flatMap((voucher) => {
    const { terminal, day } = partsOf(voucher.number);
    const isEarlier = (number: VoucherNumber) => partsOf(number).terminal === terminal && partsOf(number).day < day;
    const { previous } = voucher.claim;
    const declared = declaredNumbers(voucher.claim);
    return [
      ...(previous !== null && isEarlier(previous) ? [{ number: previous, ends: true }] : []),
      ...(isHandOver(voucher.claim) ? declared : declared.filter(isEarlier)).map((number) => ({ number, ends: false })),
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

export type NumberedClaim = Pick<Voucher, 'number' | 'claim'>;

const numbersNamedBy = ({ claim }: NumberedClaim): readonly VoucherNumber[] => [
  ...(claim.previous === null ? [] : [claim.previous]),
  ...declaredNumbers(claim),
];

type TerminalEvidence = {
  readonly day: Day;
  readonly book: readonly Voucher[];
  /** Vouchers that are or were held count as received. */
  readonly held: readonly NumberedClaim[];
  readonly namedNumbers: readonly NamedNumbers[];
};

/** Material requests are not in day books. */
export const closedTerminalsOf = ({ day, book, held, namedNumbers }: TerminalEvidence): ClosedTerminal[] => {
  const numbersOfDay = [...namedNumbers, ...namedNumbersIn([...book, ...held])].filter((one) => one.day === day);
  const booksByTerminal = Map.groupBy(book, ({ number }) => partsOf(number).terminal);
  const codes = new Set([...booksByTerminal.keys(), ...numbersOfDay.map(({ terminal }) => terminal)]);
  return [...codes].toSorted().flatMap((terminal) => {
    const terminalBook = inTerminalOrder(booksByTerminal.get(terminal) ?? []);
    const named = numbersOfDay.filter((one) => one.terminal === terminal);
    const namedNumbers = named.flatMap(({ numbers }) => numbers);
    const isOfThisDay = (number: VoucherNumber) =>
      partsOf(number).day === day && partsOf(number).terminal === terminal && isLedgerKind(partsOf(number).kind);
    const heldHere = held.filter(({ number }) => isOfThisDay(number));
    const receivedNumbers = [...terminalBook, ...heldHere].map(({ number }) => number);
    const missing = findMissingNumbers(
      receivedNumbers,
      [...namedNumbers, ...[...terminalBook, ...heldHere].flatMap(numbersNamedBy)].filter(isOfThisDay),
    );
    const lastVoucher = terminalBook.at(-1);
    const last = lastVoucher?.number ?? namedNumbers.toSorted().at(-1);
    if (!last) return [];
    // A number beyond a leap is a typing error, so it proves nothing.
    const leaps = new Set(numbersBeyondLeaps(receivedNumbers));
    const known = new Set([...receivedNumbers, ...missing].filter((number) => !leaps.has(number)));
    const isClosed =
      lastVoucher !== undefined &&
      isShift(lastVoucher.claim) &&
      numbersNamedBy(lastVoucher)
        .filter(isOfThisDay)
        .every((number) => known.has(number));
    const isProven = named.some(({ ends }) => ends) || isClosed;
    return [{ terminal, last, missing, state: missing.length > 0 ? 'missing' : isProven ? 'proven' : 'unproven' }];
  });
};

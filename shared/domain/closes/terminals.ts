import type { TerminalCode } from '../ids.ts';
import type { Day } from '../time.ts';
import { declaredIn, missingAmong } from '../vouchers/missing.ts';
import { partsOf, type VoucherNumber } from '../vouchers/number.ts';
import { orderOf } from '../vouchers/order.ts';
import { isCancelled, type Voucher } from '../vouchers/voucher.ts';
import type { ClosedTerminal } from './close.ts';

/** Numbers of one terminal and day that others name: vouchers of its later days, and hand-overs. That anyone names them proves its tail. */
export type Named = { readonly day: Day; readonly terminal: TerminalCode; readonly numbers: readonly VoucherNumber[] };

/** What a book says of numbers of other days, or of other terminals: kept beside the day that they are of. */
export const namesIn = (book: readonly Voucher[]): Named[] => {
  const named = book.flatMap((voucher) => {
    const { terminal, day } = partsOf(voucher.number);
    const isEarlier = (number: VoucherNumber) => partsOf(number).terminal === terminal && partsOf(number).day < day;
    return voucher.claim.kind === 'H'
      ? [...declaredIn(voucher.claim), ...saidBy(voucher).filter(isEarlier)]
      : saidBy(voucher).filter(isEarlier);
  });
  const groups = Map.groupBy(new Set(named), (number) => `${partsOf(number).day}${number.slice(0, 5)}`);
  return [...groups.values()].flatMap((numbers) => {
    const [first] = numbers;
    return first ? [{ day: partsOf(first).day, terminal: partsOf(first).terminal, numbers: numbers.toSorted() }] : [];
  });
};

const saidBy = ({ claim }: Voucher): readonly VoucherNumber[] => [
  ...(claim.previous === null ? [] : [claim.previous]),
  ...declaredIn(claim),
];

type Told = {
  readonly day: Day;
  readonly book: readonly Voucher[];
  /** Numbers of this day that are kept for an officer, or were. */
  readonly held: readonly VoucherNumber[];
  readonly named: readonly Named[];
};

/** Each terminal that wrote in this book, or of which a number of this day is named. */
export const terminalsOf = ({ day, book, held, named }: Told): ClosedTerminal[] => {
  const ofDay = [...named, ...namesIn(book)].filter((one) => one.day === day);
  const wrote = Map.groupBy(book, ({ number }) => partsOf(number).terminal);
  const codes = new Set([...wrote.keys(), ...ofDay.map(({ terminal }) => terminal)]);
  return [...codes].toSorted().flatMap((terminal) => {
    const ours = (wrote.get(terminal) ?? []).toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
    const told = ofDay.filter((one) => one.terminal === terminal).flatMap(({ numbers }) => numbers);
    const here = (number: VoucherNumber) => partsOf(number).day === day && partsOf(number).terminal === terminal;
    const there = [...ours.map(({ number }) => number), ...held.filter(here)];
    const missing = missingAmong(there, [...told, ...ours.flatMap(saidBy)].filter(here));
    const lastOne = ours.at(-1);
    const last = lastOne?.number ?? told.toSorted().at(-1);
    if (!last) return [];
    const isProven = told.length > 0 || (lastOne?.claim.kind === 'K' && !isCancelled(lastOne.claim));
    return [{ terminal, last, missing, state: missing.length > 0 ? 'missing' : isProven ? 'proven' : 'unproven' }];
  });
};

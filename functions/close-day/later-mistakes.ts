import type { MistakenSales } from '../../shared/day-close/close-chain.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import {
  isIssueReversal,
  isReturn,
  isReversalOfMistake,
  isReversalOfStockMistake,
  undoneReversalOf,
} from '../../shared/day-close/mistakes.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { stockDayOf } from '../../shared/ledger/projection.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';

export type LaterMistakesDeps = { readonly closes: CloseStore; readonly ledger: LedgerStore };

/** A day's first close has none. */
export const readLaterMistakes = async (
  location: LocationId,
  day: Day,
  { closes, ledger }: LaterMistakesDeps,
): Promise<readonly Voucher[]> => {
  const numbers = isProducer(location) ? [] : await closes.mistakenReversals(location, day);
  return numbers.length > 0 ? ledger.several(location, numbers) : [];
};

/** Only those that the other days' closes do not count yet. */
export const findNewMistakes = async (
  location: LocationId,
  day: Day,
  book: readonly Voucher[],
  deps: LaterMistakesDeps,
): Promise<MistakenSales[]> => {
  if (isProducer(location)) return [];
  const byDay = new Map<Day, VoucherNumber[]>();
  const addNumbers = (mistakeDay: Day, numbers: readonly VoucherNumber[]) =>
    byDay.set(mistakeDay, [...(byDay.get(mistakeDay) ?? []), ...numbers]);
  for (const voucher of book) {
    const mistake = await mistakeReversedBy(location, voucher, deps);
    for (const mistakeDay of mistake?.days ?? [])
      if (mistake && mistakeDay !== day) addNumbers(mistakeDay, mistake.said);
  }
  const mistakes: MistakenSales[] = [];
  for (const [mistakeDay, numbers] of byDay) {
    const known = new Set(await deps.closes.mistakenReversals(location, mistakeDay));
    const reversals = [...new Set(numbers)].filter((number) => !known.has(number));
    if (reversals.length > 0) mistakes.push({ day: mistakeDay, reversals });
  }
  return mistakes;
};

/** Two days if the clock was off. */
const daysOf = (number: VoucherNumber, voucher: Voucher | undefined): Day[] => [
  ...new Set([partsOf(number).day, ...(voucher ? [stockDayOf(voucher)] : [])]),
];

/** The days to correct, and the reversals that they need. */
const mistakeReversedBy = async (location: LocationId, voucher: Voucher, { ledger }: LaterMistakesDeps) => {
  const undone = undoneReversalOf(voucher);
  const first = undone === undefined ? voucher : await ledger.find(location, undone);
  if (!first || !('of' in first.claim)) return undefined;
  if (undone !== undefined && isReturn(first)) return { days: daysOf(undone, first), said: [voucher.number] };
  if (!isReversalOfMistake(first) && !isReversalOfStockMistake(first) && !isIssueReversal(first)) return undefined;
  const { of } = first.claim;
  const said = first === voucher ? [voucher.number] : [first.number, voucher.number];
  return { days: daysOf(of, await ledger.find(location, of)), said };
};

import type { CloseStore, MistakenSales } from '../../shared/day-close/close-store.ts';
import { isMistakenStock, isReturn, isReversalOfMistake, undoneReversalOf } from '../../shared/day-close/mistakes.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import { type Day, dayOf } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { sequenceOf, timeOfSequence } from '../../shared/kernel/voucher-sequence.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';

export type LaterMistakesDeps = { readonly closes: CloseStore; readonly ledger: LedgerStore };

/** The reversals of later days that a day's close has to know. Its first close knows none: theirs comes after it, and closes it again. */
export const readLaterMistakes = async (
  location: LocationId,
  day: Day,
  { closes, ledger }: LaterMistakesDeps,
): Promise<readonly Voucher[]> => {
  const numbers = isProducer(location) ? [] : await closes.mistaken(location, day);
  return numbers.length > 0 ? ledger.among(location, numbers) : [];
};

/** Reversals in this book of mistakes of other days, where the closes of those days do not count them yet. */
export const findNewMistakes = async (
  location: LocationId,
  day: Day,
  book: readonly Voucher[],
  deps: LaterMistakesDeps,
): Promise<MistakenSales[]> => {
  if (isProducer(location)) return [];
  const byDay = new Map<Day, VoucherNumber[]>();
  const note = (of: Day, numbers: readonly VoucherNumber[]) => byDay.set(of, [...(byDay.get(of) ?? []), ...numbers]);
  for (const voucher of book) {
    const mistaken = await mistakeSaidBy(location, voucher, deps);
    for (const of of mistaken?.days ?? []) if (mistaken && of !== day) note(of, mistaken.said);
  }
  const found: MistakenSales[] = [];
  for (const [of, numbers] of byDay) {
    const known = new Set(await deps.closes.mistaken(location, of));
    const reversals = [...new Set(numbers)].filter((number) => !known.has(number));
    if (reversals.length > 0) found.push({ day: of, reversals });
  }
  return found;
};

/** The day of its number; and that on which it happened, if it has come in and a clock was off. */
const daysOf = (number: VoucherNumber, voucher: Voucher | undefined): Day[] => [
  ...new Set([partsOf(number).day, ...(voucher ? [dayOf(timeOfSequence(sequenceOf(voucher)))] : [])]),
];

/**
 * The days of what was a mistake, and the reversals that are to be known of it: of one that takes the reversal of a mistaken sale
 * back, that one too.
 */
const mistakeSaidBy = async (location: LocationId, voucher: Voucher, { ledger }: LaterMistakesDeps) => {
  const undone = undoneReversalOf(voucher);
  const first = undone === undefined ? voucher : await ledger.find(location, undone);
  if (!first || !('of' in first.claim)) return undefined;
  if (undone !== undefined && isReturn(first)) return { days: daysOf(undone, first), said: [voucher.number] };
  if (!isReversalOfMistake(first) && !isMistakenStock(first)) return undefined;
  const { of } = first.claim;
  const said = first === voucher ? [voucher.number] : [first.number, voucher.number];
  return { days: daysOf(of, await ledger.find(location, of)), said };
};

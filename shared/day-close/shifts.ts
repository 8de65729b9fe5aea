import { addDays, type Day, dayOf } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { sequenceOf, timeOfSequence } from '../kernel/voucher-sequence.ts';
import { shiftVouchersOf, tillBalanceOf } from '../ledger/till.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import type { ClosedShift, ClosedTill } from './day-close.ts';

/** Tills of shifts that were under way as the day before began, as a day began, and as it ended. */
type TillStates = {
  readonly day: Day;
  readonly earlier: readonly ClosedTill[];
  readonly opening: readonly ClosedTill[];
  readonly closing: readonly ClosedTill[];
};

/** Each shift that was closed in this book, by the books around it; of one that began before them, by the till that was carried on; where none was, what was known when it came in. */
export const shiftsOf = (book: readonly Voucher[], around: readonly Voucher[], tills: TillStates): ClosedShift[] =>
  book.flatMap(({ number, claim, admission, outcome }) => {
    if (claim.kind !== 'K' || isCancelled(claim)) return [];
    const order = sequenceOf({ number, claim, admission });
    const { lastClose, vouchers } = shiftVouchersOf(partsOf(number).terminal, order, around);
    if (lastClose) return [{ number, over: [...tillBalanceOf(claim, vouchers).over] }];
    const known = 'after' in outcome ? outcome.after : undefined;
    const on = dayOf(timeOfSequence(order));
    const till = tillsOn(on, tills).find(({ terminal }) => terminal === partsOf(number).terminal);
    if (till && (till.after || !known)) {
      const today = vouchers.filter((one) => dayOf(timeOfSequence(sequenceOf(one))) === on);
      return [{ number, over: [...tillBalanceOf(claim, today, till.tenders).over] }];
    }
    const kept = known && 'over' in outcome ? outcome.over : undefined;
    return [{ number, over: [...(kept ?? tillBalanceOf(claim, vouchers).over)] }];
  });

/** Was a shift of this book closed on the day before, by a device that is ahead? */
export const hasShiftClosedBefore = (book: readonly Voucher[], day: Day): boolean =>
  book.some(({ number, claim, admission }) => {
    if (claim.kind !== 'K' || isCancelled(claim)) return false;
    return dayOf(timeOfSequence(sequenceOf({ number, claim, admission }))) < day;
  });

/** Clocks of devices differ: a book's shift may have been closed on the day before, or on the day after. */
const tillsOn = (on: Day, { day, earlier, opening, closing }: TillStates): readonly ClosedTill[] => {
  if (on === day) return opening;
  if (on === addDays(day, -1)) return earlier;
  return on === addDays(day, 1) ? closing : [];
};

import { addDays, type Day } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { isShift } from '../ledger/kinds/shift.ts';
import { stockDayOf } from '../ledger/projection.ts';
import { shiftVouchersOf, tenderTotalsOf, tillBalanceOf } from '../ledger/till.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { ClosedShift, ClosedTill } from './day-close.ts';

/** `earlier`: a day before `opening`. */
type TillStates = {
  readonly day: Day;
  readonly earlier: readonly ClosedTill[];
  readonly opening: readonly ClosedTill[];
  readonly closing: readonly ClosedTill[];
};

/** A shift from before the neighbouring books uses the carried till, else the recorded outcome. */
export const shiftsOf = (book: readonly Voucher[], around: readonly Voucher[], tills: TillStates): ClosedShift[] =>
  book.flatMap(({ number, claim, admission, outcome }) => {
    if (!isShift(claim)) return [];
    const close = { number, claim, admission };
    const { lastClose, vouchers } = shiftVouchersOf(partsOf(number).terminal, close, around);
    if (lastClose) return [{ number, over: [...tillBalanceOf(claim, vouchers).over] }];
    const precedingClose = 'after' in outcome ? outcome.after : undefined;
    const closedOn = stockDayOf(close);
    const till = tillsOn(closedOn, tills).find(({ terminal }) => terminal === partsOf(number).terminal);
    if (till && (till.after || !precedingClose)) {
      const today = vouchers.filter((one) => stockDayOf(one) === closedOn);
      return [{ number, over: [...tillBalanceOf(claim, today, till.tenders).over] }];
    }
    const recordedDifference = precedingClose && 'over' in outcome ? outcome.over : undefined;
    return [{ number, over: [...(recordedDifference ?? tillBalanceOf(claim, vouchers).over)] }];
  });

export const hasShiftClosedBefore = (book: readonly Voucher[], day: Day): boolean =>
  book.some(({ number, claim, admission }) => {
    return isShift(claim) && stockDayOf({ number, claim, admission }) < day;
  });

/** Device clocks differ, so a shift may close a day earlier or later. */
const tillsOn = (date: Day, { day, earlier, opening, closing }: TillStates): readonly ClosedTill[] => {
  if (date === day) return opening;
  if (date === addDays(day, -1)) return earlier;
  return date === addDays(day, 1) ? closing : [];
};

/** A shift close reads 31 days, so older open shifts are dropped. */
const MAX_SHIFT_DAYS = 31;

export const tillsOf = (day: Day, opening: readonly ClosedTill[], vouchersOfDay: readonly Voucher[]): ClosedTill[] => {
  const openingTills = new Map(opening.map((till) => [till.terminal, till]));
  const terminals = new Set([...openingTills.keys(), ...vouchersOfDay.map(({ number }) => partsOf(number).terminal)]);
  return [...terminals].toSorted().flatMap((terminal): ClosedTill[] => {
    const { lastClose, vouchers } = shiftVouchersOf(terminal, undefined, vouchersOfDay);
    const till = lastClose ? undefined : openingTills.get(terminal);
    const precedingClose = lastClose?.number ?? till?.after;
    const tenders = tenderTotalsOf([...(till ? [till] : []), ...vouchers]);
    const since = till?.since ?? day;
    // Keeps a till of 0: later entries may reverse only one of its amounts.
    const isNew = !precedingClose && !till && tenders.length === 0;
    if (isNew || since < addDays(day, -MAX_SHIFT_DAYS)) return [];
    return [{ terminal, ...(precedingClose && { after: precedingClose }), since, tenders }];
  });
};

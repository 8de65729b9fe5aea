import { partsOf } from '../vouchers/number.ts';
import { orderOf } from '../vouchers/order.ts';
import { shiftAmong, tillOf } from '../vouchers/till.ts';
import { isCancelled, type Voucher } from '../vouchers/voucher.ts';
import type { ClosedShift } from './close.ts';

/** Each shift that was closed in this book, by the books around it; of one that is longer than they reach, what was known when it came in. */
export const shiftsOf = (book: readonly Voucher[], around: readonly Voucher[]): ClosedShift[] =>
  book.flatMap(({ number, claim, admission, outcome }) => {
    if (claim.kind !== 'K' || isCancelled(claim)) return [];
    const { before, since } = shiftAmong(partsOf(number).terminal, orderOf({ number, claim, admission }), around);
    const kept = 'after' in outcome && !before ? outcome.over : undefined;
    return [{ number, over: [...(kept ?? tillOf(claim, since).over)] }];
  });

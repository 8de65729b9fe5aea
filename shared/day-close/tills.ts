import { addDays, type Day } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import { shiftVouchersOf, tenderTotalsOf } from '../ledger/till.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { ClosedTill } from './day-close.ts';

/** Days after which a shift that nobody closed is not carried on: as far as the close of one looks back. */
const MAX_SHIFT_DAYS = 31;
const END_OF_DAY = '~' as VoucherSequence;

/** What each terminal's till holds at the end of a day, of the shift that is under way: what it held at its beginning and what happened since, or since the last close of a shift. */
export const tillsOf = (day: Day, opening: readonly ClosedTill[], happened: readonly Voucher[]): ClosedTill[] => {
  const began = new Map(opening.map((till) => [till.terminal, till]));
  const terminals = new Set([...began.keys(), ...happened.map(({ number }) => partsOf(number).terminal)]);
  return [...terminals].toSorted().flatMap((terminal): ClosedTill[] => {
    const { lastClose, vouchers } = shiftVouchersOf(terminal, END_OF_DAY, happened);
    const till = lastClose ? undefined : began.get(terminal);
    const after = lastClose?.number ?? till?.after;
    const tenders = tenderTotalsOf([...(till ? [till] : []), ...vouchers]);
    const from = till?.since ?? day;
    // A till that came to nothing is carried on all the same: without it, the next days would forget half of what cancelled out.
    const isNew = !after && !till && tenders.length === 0;
    if (isNew || from < addDays(day, -MAX_SHIFT_DAYS)) return [];
    return [{ terminal, ...(after && { after }), since: from, tenders }];
  });
};

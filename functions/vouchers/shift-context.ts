import type { LocationId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { addDays, dayOf } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { numberIn, type Order, timeIn } from '../../shared/kernel/voucher-sequence.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { shiftAmong } from '../../shared/ledger/till.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { Terminal } from '../../shared/registry/entries.ts';

/** Days that are read back at most: a shift that began before them is reckoned from there. */
const MOST_DAYS = 31;

/** A day book goes by its device's clock, the order by ours: they differ by a day at most, and so do two days that are in order. */
const AND_BEFORE = 2;

type Asked = { readonly location: LocationId; readonly order: Order; readonly terminal: Terminal | undefined };

export type ShiftContextDeps = { readonly ledger: LedgerStore };

/**
 * The day books that a close of a shift is about, from the day after it back to where the close before it is sure to be the last: with a close a day, five
 * queries, half a unit for each 4 KB of vouchers. What lands while they are read is not in it, and no condition asks: the outcome says what was known.
 */
export const aroundShift = async (
  { location, order, terminal }: Asked,
  { ledger }: ShiftContextDeps,
): Promise<Voucher[]> => {
  const [code, last] = [partsOf(numberIn(order)).terminal, dayOf(timeIn(order))];
  const enrolled = terminal ? addDays(dayOf(terminal.enrolledAt), -1) : last;
  let first = enrolled > addDays(last, -MOST_DAYS) ? enrolled : addDays(last, -MOST_DAYS);
  const around: Voucher[] = [];
  for (let day = addDays(last, 1); day >= first; day = addDays(day, -1)) {
    around.push(...(await everything((after) => ledger.day(location, day, after))));
    const { before } = shiftAmong(code, order, around);
    const enough = before && addDays(partsOf(before.number).day, -AND_BEFORE);
    if (enough && enough > first) first = enough;
  }
  return around;
};

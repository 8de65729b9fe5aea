import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { addDays, dayOf } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { TillVoucher } from '../../shared/ledger/decision.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { stockDayOf } from '../../shared/ledger/projection.ts';
import { shiftVouchersOf } from '../../shared/ledger/till.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { Terminal } from '../../shared/registry/entries.ts';

/** A longer shift is computed from this many days back. */
const MAX_DAYS = 31;

/** Device clocks and our sequence differ by a day at most. */
const DAYS_BEFORE_LAST_CLOSE = 2;

type ShiftQuery = {
  readonly location: StockLocationId;
  readonly close: TillVoucher;
  readonly terminal: Terminal | undefined;
};

export type ShiftContextDeps = { readonly ledger: LedgerStore };

/** With one close a day this takes five queries, half a unit per 4 KB. */
export const loadShiftVouchers = async (
  { location, close, terminal }: ShiftQuery,
  { ledger }: ShiftContextDeps,
): Promise<Voucher[]> => {
  const code = partsOf(close.number).terminal;
  const last = stockDayOf(close);
  const enrolled = terminal ? addDays(dayOf(terminal.enrolledAt), -1) : last;
  let first = enrolled > addDays(last, -MAX_DAYS) ? enrolled : addDays(last, -MAX_DAYS);
  const around: Voucher[] = [];
  for (let day = addDays(last, 1); day >= first; day = addDays(day, -1)) {
    around.push(...(await allPages((after) => ledger.dayBook(location, day, after))));
    const { lastClose } = shiftVouchersOf(code, close, around);
    const enough = lastClose && addDays(partsOf(lastClose.number).day, -DAYS_BEFORE_LAST_CLOSE);
    if (enough && enough > first) first = enough;
  }
  return around;
};

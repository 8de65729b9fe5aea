import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { SellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { allPages, InvalidCursorError, type PagePosition } from '../../shared/kernel/pages.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { Day } from '../../shared/kernel/time.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { type LateTaxDeps, readLateTax } from '../../shared/ledger/pending-return-service.ts';
import { csvOperation } from '../../shared/platform/csv.ts';
import { ok } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import { type RegisteredBill, registeredBillOf, registerKey } from '../../shared/reports/bill-register.ts';
import * as contract from '../../shared/reports/bill-register-contract.ts';
import { type Period, windowOf } from '../../shared/reports/period.ts';
import { firstPageOf, rowsAfter } from '../../shared/reports/report.ts';
import { type SellerMonthDeps, sellerInScope, unclosedOutlets } from '../../shared/reports/seller-month-service.ts';

/** Rows of 200 bytes. A page reads whole days of locations, other sellers' vouchers included. */
const MAX_ROWS = { json: 1_000, csv: 5_000 };

type ListBillsDeps = { readonly ledger: LedgerStore; readonly sellerDays: SellerDayStore } & LateTaxDeps &
  Pick<SellerMonthDeps, 'clock' | 'closes' | 'registry'>;

export const listBills = csvOperation(contract.listBills, async ({ query, caller, csv }, deps: ListBillsDeps) => {
  const { seller, period, cursor } = query;
  const entry = await sellerInScope(caller, seller, deps);
  if (isRefusal(entry)) return entry;
  const maxRows = MAX_ROWS[csv ? 'csv' : 'json'];
  const bills: RegisteredBill[] = [];
  for await (const { day, location } of deps.sellerDays.locationDays(seller, windowOf(period), startAt(cursor))) {
    if (bills.length > maxRows) break;
    const kinds = ['S', 'V'] as const;
    const pages = kinds.map((kind) => allPages((after) => deps.ledger.vouchersOfKind(location, day, kind, after)));
    const vouchers = (await Promise.all(pages)).flat().filter((voucher) => voucher.seller === seller);
    const lateTax = await readLateTax(location, vouchers, deps);
    bills.push(
      ...rowsAfter(
        vouchers.flatMap((voucher) => registeredBillOf(voucher, lateTax) ?? []),
        registerKey,
        cursor,
      ),
    );
  }
  const { rows, next } = firstPageOf(bills, registerKey, maxRows);
  const closed = cursor ? undefined : await readRegisterCompleteness(period, deps);
  return ok({ seller, period, bills: [...rows], ...(closed && { closed }), ...cursorField(next) });
});

/** A month that is not over is not complete, even if all outlets have closed its days so far. */
const readRegisterCompleteness = async (
  period: Period,
  deps: Pick<SellerMonthDeps, 'clock' | 'closes' | 'registry'>,
) => {
  const { from, to } = windowOf(period);
  const ended = lastEndedDay(deps.clock.now());
  if (ended < from) return { complete: false, unclosed: [] };
  const last = to <= ended ? to : ended;
  const unclosed = await unclosedOutlets(last, deps);
  return { complete: to <= ended && unclosed.length === 0, to: last, unclosed };
};

/** The day and location of the last row: more of them may follow. */
const startAt = (cursor: PagePosition | undefined) => {
  if (!cursor) return undefined;
  const [day, location, number] = cursor;
  if (!Day.safeParse(day).success || location === undefined || number === undefined) throw new InvalidCursorError();
  return `${day}#${location}`;
};

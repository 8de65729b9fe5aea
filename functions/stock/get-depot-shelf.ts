import type { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, type Day, dayOf } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { issue } from '../../shared/ledger/kinds/issue.ts';
import { reversal } from '../../shared/ledger/kinds/reversal.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import * as contract from '../../shared/materials/depot-material-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import {
  type DailyIssue,
  daysOfCover,
  ISSUE_RATE_DAYS,
  issuedLinesOf,
  issuedPerDay,
  issueRateOf,
  lastDays,
} from '../../shared/replenishment/days-of-cover.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

type GetDepotShelfDeps = { readonly clock: Clock; readonly ledger: LedgerStore; readonly stock: StockStore };

/** Materials are few, issues are some dozens a day, and reversals are rare. */
export const getDepotShelf = operation(contract.getDepotShelf, async ({ path: { depot } }, deps: GetDepotShelfDeps) => {
  const today = dayOf(deps.clock.now());
  const rows = await allPages((after) => deps.stock.at(depot, after));
  const issued = await loadIssues(depot, today, deps);
  const materials = rows.map(({ item, onHand, free, inbound }) => {
    const rate = issueRateOf(issued.get(item) ?? [], today);
    return {
      item,
      onHand,
      free,
      expected: inbound,
      reserved: (onHand - free) as typeof onHand,
      ...(rate && { issuedADay: issuedPerDay(rate), daysOfCover: daysOfCover(onHand, rate) }),
    };
  });
  return ok({ depot, materials });
});

const loadIssues = async (
  depot: StockLocationId,
  today: Day,
  { ledger }: GetDepotShelfDeps,
): Promise<ReadonlyMap<ItemId, DailyIssue[]>> => {
  const vouchers = await Promise.all(
    lastDays(today, ISSUE_RATE_DAYS).flatMap((day) =>
      [issue.code, reversal.code].map((kind) => allPages((after) => ledger.vouchersOfKind(depot, day, kind, after))),
    ),
  );
  const daily = [...issuedLinesOf(vouchers.flat())].flatMap(([number, lines]) =>
    lines.map((line) => ({ ...line, day: partsOf(number).day })),
  );
  return Map.groupBy(daily, ({ item }) => item);
};

import type { Caller } from '../kernel/access.ts';
import { ItemId, type SellerId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { type Period, windowOf } from './period.ts';
import {
  listed,
  readSellerMonth,
  refuseOpenPeriod,
  type SellerMonthDeps,
  sellerInScope,
  unclosedOutlets,
  versionOf,
} from './seller-month-service.ts';
import { statementOf } from './statement.ts';
import type { SellerStatement } from './statement-contract.ts';

/** Errors: NOT_FOUND, FORBIDDEN, PERIOD_OPEN. */
export const readStatement = async (
  caller: Caller,
  { seller, period }: { readonly seller: SellerId; readonly period: Period },
  deps: SellerMonthDeps,
): Promise<SellerStatement | Refusal> => {
  const entry = await sellerInScope(caller, seller, deps);
  if (isRefusal(entry)) return entry;
  const open = refuseOpenPeriod(period, deps.clock.now());
  if (open) return open;
  const { to } = windowOf(period);
  const [days, lastDay, unclosed, catalogue] = await Promise.all([
    readSellerMonth(seller, period, deps),
    deps.totals.find('state', to),
    unclosedOutlets(to, deps),
    allPages((after) => deps.registry.catalogue(seller, undefined, after)),
  ]);
  const own = new Set(catalogue.map(({ id }) => ItemId.parse(id)));
  const figures = statementOf({ days, stock: lastDay?.items.filter(({ item }) => own.has(item)) });
  const stated = new Set(figures.lines.map(({ item }) => item));
  return {
    seller,
    name: entry.name,
    period,
    ...figures,
    closes: versionOf(days),
    unclosed,
    missing: listed(days.map(({ missing }) => missing)),
    items: catalogue
      .filter(({ id }) => stated.has(ItemId.parse(id)))
      .map(({ id, entry: { name, nameHi, unit } }) => ({ id: ItemId.parse(id), name, nameHi, unit })),
  };
};

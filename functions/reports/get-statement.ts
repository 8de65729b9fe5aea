import { contract } from '../../shared/api/contract.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { windowOf } from '../../shared/reports/period.ts';
import { statementOf } from '../../shared/reports/statement.ts';
import { sellerInScope } from './seller-in-scope.ts';
import { listed, refuseOpenPeriod, type SellerMonthDeps, unclosedOutlets, versionOf } from './seller-month.ts';

export const getStatement = operation(contract.getStatement, async ({ query, caller }, deps: SellerMonthDeps) => {
  const { seller, period } = query;
  const entry = await sellerInScope(caller, seller, deps);
  if (isRefusal(entry)) return entry;
  const open = refuseOpenPeriod(period, deps.clock.now());
  if (open) return open;
  const window = windowOf(period);
  const [days, lastDay, unclosed, catalogue] = await Promise.all([
    deps.sellerDays.between(seller, window),
    deps.totals.find('state', window.to),
    unclosedOutlets(window.to, deps),
    allPages((after) => deps.registry.catalogue(seller, undefined, after)),
  ]);
  const own = new Set(catalogue.map(({ id }) => ItemId.parse(id)));
  const figures = statementOf({ days, stock: lastDay?.items.filter(({ item }) => own.has(item)) });
  const stated = new Set(figures.lines.map(({ item }) => item));
  return ok({
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
  });
});

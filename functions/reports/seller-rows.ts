import type { TotalsStore } from '../../shared/day-close/area-totals-store.ts';
import type { SellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { daysIn, type Instant, startOfDay } from '../../shared/kernel/time.ts';
import type { CsvTableRow } from '../../shared/platform/operation-contract.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { isItemEntry } from '../../shared/registry/item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import {
  firstPageOf,
  type ItemChange,
  isPositionAfter,
  type PriceReport,
  rowsAfter,
  type SellerReport,
} from '../../shared/reports/report.ts';
import type { ReportQuery, ReportRows } from './location-reports.ts';
import { type LocationsInScopeDeps, locationsInArea } from './locations-in-scope.ts';

export type SellerRowsDeps = {
  readonly registry: RegistryStore;
  readonly sellerDays: SellerDayStore;
  readonly totals: TotalsStore;
} & LocationsInScopeDeps;

/** Days of sellers per page: a year of one seller's GSTR-1 takes as long. */
const MAX_SELLER_DAYS = 365;

/** Sellers with a sale in the area, from the sums of its days. */
export const readRowsBySeller = async (
  report: SellerReport<CsvTableRow>,
  { area, window, seller: wanted, after, maxRows }: ReportQuery,
  deps: SellerRowsDeps,
): Promise<ReportRows> => {
  const [{ days, unreadable }, places] = await Promise.all([
    deps.totals.between(area, window),
    area === 'state' ? [] : locationsInArea(area, 'everywhere', deps),
  ]);
  const locations = new Set(places.map(({ location }) => location));
  const ids = new Set(days.flatMap(({ sellers }) => sellers.map(({ seller }) => seller)));
  const sellers = [...ids]
    .filter((seller) => wanted === undefined || seller === wanted)
    .toSorted()
    .filter((seller) => isPositionAfter([seller, '~'], after));
  const most = Math.max(1, Math.floor(MAX_SELLER_DAYS / daysIn(window).length));
  const rows: CsvTableRow[] = [];
  const made: Instant[] = [];
  for (const [nth, seller] of sellers.entries()) {
    const last = sellers[nth - 1];
    if (last && (rows.length > maxRows || nth >= most)) {
      const page = rows.length > maxRows ? firstPageOf(rows, report.key, maxRows) : { rows, next: [last, '~'] };
      return { ...page, unreadable, made: made.toSorted().at(-1) };
    }
    const everywhere = await deps.sellerDays.onDays(seller, daysIn(window));
    const here = everywhere.filter(({ location }) => area === 'state' || locations.has(location));
    made.push(...here.map(({ closedAt }) => closedAt));
    rows.push(...rowsAfter(report.rows(here), report.key, after));
  }
  return { ...firstPageOf(rows, report.key, maxRows), unreadable, made: made.toSorted().at(-1) };
};

const CONCURRENCY = 8;

/** Items of the area's sellers that changed since the window began. Reads their histories. */
export const readPriceRows = async (
  report: PriceReport<CsvTableRow>,
  { area, window, seller: wanted, after, maxRows }: ReportQuery,
  { registry }: SellerRowsDeps,
): Promise<ReportRows> => {
  const sellers = (await allPages((page) => registry.list('sellers', page))).filter(
    ({ id, entry }) => (area === 'state' || entry.district === area) && (wanted === undefined || id === wanted),
  );
  const since = startOfDay(window.from);
  const changes: ItemChange[] = [];
  await concurrently(CONCURRENCY, sellers, async ({ id, entry: { district } }) => {
    const seller = SellerId.parse(id);
    for (const { id: item } of await allPages((page) => registry.catalogue(seller, since, page)))
      for (const { at, by, before, after: become } of await allPages((page) => registry.history('items', item, page)))
        if (before && isItemEntry(before) && isItemEntry(become))
          changes.push({ item: ItemId.parse(item), seller, district, at, by, before, after: become });
  });
  return {
    ...firstPageOf(rowsAfter(report.rows(changes, window), report.key, after), report.key, maxRows),
    unreadable: [],
  };
};

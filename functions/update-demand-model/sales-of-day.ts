import type { isolateLocations } from '../../shared/alerts/failure-alert-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { ClosedSales } from '../../shared/day-close/day-close.ts';
import { type ItemId, type ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { dailySalesOf } from '../../shared/replenishment/daily-sales.ts';
import { UNITS_PER_PIECE } from '../../shared/replenishment/item-shares.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { seasonalFactorOn } from '../../shared/replenishment/seasonal-events.ts';

/** Responses are large; more at once only wait for each other. */
const CONCURRENCY = 8;

type IsolatedLocations = ReturnType<typeof isolateLocations>;

type SalesOfOneDay = { readonly closed: readonly ClosedSales[]; readonly sales: readonly OutletProductSales[] };

export type SalesOfDayDeps = {
  readonly calendar: FestivalCalendar;
  readonly closes: CloseStore;
  readonly registry: RegistryStore;
};

/** Only one day is in memory. */
export const readSalesOfDay = async (
  day: Day,
  outlets: readonly EntryOf<'outlets'>[],
  apart: IsolatedLocations,
  deps: SalesOfDayDeps,
): Promise<SalesOfOneDay> => {
  const closed = await readClosedSales(outlets, day, apart, deps);
  const products = await readSoldItems(closed, deps);
  const seasonOf = await readSeasonalFactors(
    day,
    outlets,
    new Set(products.values().map(({ product }) => product)),
    deps,
  );
  const sales = dailySalesOf(
    closed,
    (item) => products.get(item)?.product,
    seasonOf,
    (item) => UNITS_PER_PIECE[products.get(item)?.unit ?? 'piece'],
  );
  return { closed, sales };
};

const readClosedSales = async (
  outlets: readonly EntryOf<'outlets'>[],
  day: Day,
  apart: IsolatedLocations,
  { closes }: SalesOfDayDeps,
) => {
  const closed: ClosedSales[] = [];
  await concurrently(CONCURRENCY, outlets, async ({ id }) => {
    const outlet = StockLocationId.parse(id);
    const sold = await apart.try(outlet, () => closes.sales(outlet, day));
    if (sold) closed.push(sold);
  });
  return closed;
};

const readSoldItems = async (closed: readonly ClosedSales[], { registry }: SalesOfDayDeps) => {
  const sold = new Set<ItemId>();
  for (const { items } of closed) for (const { item } of items) sold.add(item);
  const items = await registry.entries('items', sold);
  return new Map(items.entries().map(([item, { entry }]) => [item, entry]));
};

/** A later edit does not update earlier days. */
const readSeasonalFactors = async (
  day: Day,
  outlets: readonly EntryOf<'outlets'>[],
  products: ReadonlySet<ProductId>,
  { calendar }: SalesOfDayDeps,
) => {
  const districts = new Map(outlets.map(({ id, entry }) => [id, entry.district]));
  const { festivals, scope } = await calendar(products);
  return (outlet: StockLocationId, product: ProductId): number => {
    const district = districts.get(outlet);
    return district ? seasonalFactorOn(festivals, scope(product, district), day) : 1;
  };
};

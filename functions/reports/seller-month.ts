import type { TotalsStore } from '../../shared/day-close/area-totals-store.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { SellerDay } from '../../shared/day-close/seller-day.ts';
import type { SellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import type { Clock, Day } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { locationsInArea } from './locations-in-scope.ts';

export type SellerMonthDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly registry: RegistryStore;
  readonly sellerDays: SellerDayStore;
  readonly totals: TotalsStore;
};

export const MAX_LISTED = 100;

/** Their day books may hold more than the closes. */
export const unclosedOutlets = async (last: Day, deps: SellerMonthDeps): Promise<StockLocationId[]> => {
  const locations = (await locationsInArea('state', 'outlets', deps)).map(({ location }) => location);
  const heads = await deps.closes.heads(locations);
  return locations.filter((location) => (heads.get(location)?.to ?? '') < last);
};

export const versionOf = (days: readonly SellerDay[]) => {
  const latest = days
    .map(({ closedAt }) => closedAt)
    .toSorted()
    .at(-1);
  const editions = days.reduce((sum, { edition }) => sum + edition, 0);
  return { days: days.length, editions, ...(latest && { latest }) };
};

export const toList = (numbers: SellerDay['incomplete']) => ({ numbers, many: numbers.length });

export const listed = (all: readonly SellerDay['missing'][]): SellerDay['missing'] => ({
  numbers: all
    .flatMap(({ numbers }) => numbers)
    .toSorted()
    .slice(0, MAX_LISTED),
  many: all.reduce((sum, { many }) => sum + many, 0),
});

import type { TotalsStore } from '../../shared/day-close/area-totals-store.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { SellerDay } from '../../shared/day-close/seller-day.ts';
import type { SellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock, Day, Instant } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type Period, windowOf } from '../../shared/reports/period.ts';
import { locationsInArea } from './locations-in-scope.ts';

export type SellerMonthDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly registry: RegistryStore;
  readonly sellerDays: SellerDayStore;
  readonly totals: TotalsStore;
};

export const MAX_LISTED = 100;

/** The closes of a month's last day come in the night after it. */
export const refuseOpenPeriod = (period: Period, now: Instant): Refusal | undefined => {
  const { to } = windowOf(period);
  if (to <= lastEndedDay(now)) return undefined;
  return refuse('PERIOD_OPEN', `${period} ends on ${to}, and its last night's closes come after that.`);
};

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

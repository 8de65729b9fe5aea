import type { TotalsStore } from '../day-close/area-totals-store.ts';
import type { CloseStore } from '../day-close/close-store.ts';
import { lastEndedDay } from '../day-close/day-totals.ts';
import type { MissingDocuments } from '../day-close/seller-day.ts';
import type { SellerDayStore } from '../day-close/seller-day-store.ts';
import { type SellerDaySum, sumSellerDays } from '../day-close/seller-day-sum.ts';
import { type Caller, canReach } from '../kernel/access.ts';
import { type AreaId, DistrictId, type SellerId, StockLocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { sumOf } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Clock, type Day, daysIn, type Instant } from '../kernel/time.ts';
import { concurrently } from '../platform/tasks.ts';
import { isOpenOn } from '../registry/entry-status.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { Seller } from '../registry/seller.ts';
import { type Period, windowOf } from './period.ts';

export type SellerMonthDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly registry: RegistryStore;
  readonly sellerDays: SellerDayStore;
  readonly totals: TotalsStore;
};

export const MAX_LISTED = 100;
const CONCURRENCY = 25;

/** A seller's figures are for the officers of its district, and of the state. */
export const sellerInScope = async (
  caller: Caller,
  seller: SellerId,
  { registry }: Pick<SellerMonthDeps, 'registry'>,
): Promise<Seller | Refusal> => {
  const entry = (await registry.entriesNow('sellers', [seller])).get(seller)?.entry;
  if (!entry) return refuse('NOT_FOUND', `There is no seller ${seller}.`);
  const { district } = entry;
  if (await canReach(caller, { kind: 'district', district }, async () => undefined)) return entry;
  return refuse('FORBIDDEN', `The seller ${seller} is of district ${district}, which is outside the token's scope.`);
};

/** The closes of a month's last day come in the night after it. */
export const refuseOpenPeriod = (period: Period, now: Instant): Refusal | undefined => {
  const { to } = windowOf(period);
  if (to <= lastEndedDay(now)) return undefined;
  return refuse('PERIOD_OPEN', `${period} ends on ${to}, and its last night's closes come after that.`);
};

/**
 * A seller's month, day by day, from the sums of sum-days. Days without a sum, or closed again
 * since, are read from their closes.
 */
export const readSellerMonth = async (
  seller: SellerId,
  period: Period,
  deps: Pick<SellerMonthDeps, 'registry' | 'sellerDays' | 'totals'>,
): Promise<SellerDaySum[]> => {
  const { sellerDays } = deps;
  // Marks first: a mark that is gone means that its sum is written.
  const changed = await unsummedDays('state', deps);
  const sums = (await sellerDays.sums(seller, windowOf(period))).filter(({ day }) => !changed.has(day));
  const summed = new Set(sums.map(({ day }) => day));
  const others = daysIn(windowOf(period)).filter((day) => !summed.has(day));
  const days = [...sums, ...sumSellerDays(await sellerDays.onDays(seller, others))];
  return days.toSorted((one, other) => (one.day < other.day ? -1 : 1));
};

/**
 * Days that closed, or closed again, since the last sum of the area. The state's sum is also behind
 * if a district's is.
 */
export const unsummedDays = async (
  area: AreaId,
  { registry, totals }: Pick<SellerMonthDeps, 'registry' | 'totals'>,
): Promise<Set<Day>> => {
  const districts = area === 'state' ? await allPages((after) => registry.list('districts', after)) : [];
  const areas: AreaId[] = [area, ...districts.map(({ id }) => DistrictId.parse(id))];
  const days = new Set<Day>();
  await concurrently(CONCURRENCY, areas, async (area) => {
    for (const { day } of await totals.reopened(area)) days.add(day);
  });
  return days;
};

/** Outlets whose day books may hold more than their closes. One that never opened has none. */
export const unclosedOutlets = async (
  last: Day,
  { registry, closes }: Pick<SellerMonthDeps, 'registry' | 'closes'>,
): Promise<StockLocationId[]> => {
  const outlets = await allPages((after) => registry.list('outlets', after));
  const heads = await closes.heads(outlets.map(({ id }) => StockLocationId.parse(id)));
  return outlets
    .map(({ id, entry }) => ({ location: StockLocationId.parse(id), isOpen: isOpenOn(entry, last) }))
    .filter(({ location, isOpen }) => {
      const to = heads.get(location)?.to;
      return to === undefined ? isOpen : to < last;
    })
    .map(({ location }) => location)
    .toSorted();
};

export const versionOf = (days: readonly SellerDaySum[]) => {
  const latest = days
    .map(({ closes }) => closes.latest)
    .toSorted()
    .at(-1);
  return {
    days: sumOf(days.map(({ closes }) => closes.days)),
    editions: sumOf(days.map(({ closes }) => closes.editions)),
    ...(latest && { latest }),
  };
};

export const toList = (numbers: MissingDocuments['numbers']) => ({ numbers, many: numbers.length });

export const listed = (all: readonly MissingDocuments[]): MissingDocuments => ({
  numbers: all
    .flatMap(({ numbers }) => numbers)
    .toSorted()
    .slice(0, MAX_LISTED),
  many: sumOf(all.map(({ many }) => many)),
});

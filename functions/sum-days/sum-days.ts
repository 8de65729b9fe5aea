import { type IsolatedJobDeps, isolateLocations } from '../../shared/alerts/failure-alert-service.ts';
import { partialTotalsOf, sumTotals } from '../../shared/day-close/area-totals.ts';
import type { TotalsStore } from '../../shared/day-close/area-totals-store.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { sumMakerDays } from '../../shared/day-close/maker-day.ts';
import type { MakerDayStore } from '../../shared/day-close/maker-day-store.ts';
import type { SellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { sumSellerDays } from '../../shared/day-close/seller-day-sum.ts';
import { type AreaId, DistrictId, isProducer, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock, Day } from '../../shared/kernel/time.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { CONFLICT, RETRY, retry, UnavailableError } from '../../shared/platform/retry.ts';
import { concurrently, forEachIsolated } from '../../shared/platform/tasks.ts';
import { type CountMetric, logger } from '../../shared/platform/telemetry.ts';
import { hasBeenInDistrict } from '../../shared/registry/dated-field.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type CraftsOfItemsDeps, readCraftsOfItems } from './crafts-of-items.ts';

type SumDaysDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly count: CountMetric;
  readonly makerDays: MakerDayStore;
  readonly registry: RegistryStore;
  readonly sellerDays: SellerDayStore;
  readonly totals: TotalsStore;
} & CraftsOfItemsDeps &
  IsolatedJobDeps;

/** A location with an unreadable close counts as unproven and keeps its day marked. */
export const sumDays = async ({ area, day: planned }: AreaMessage, deps: SumDaysDeps): Promise<void> => {
  const { totals, clock, count } = deps;
  const isolated = isolateLocations('sum-days', planned, deps);
  const marks = await totals.reopened(area);
  if (marks.length === 0) return;
  const { locations, read } = await partsReaderOf(area, isolated, deps);
  await forEachIsolated(`a day of ${area}`, marks, async ({ day, ...first }) => {
    let mark: Omit<(typeof marks)[number], 'day'> | undefined = first;
    return retry(async () => {
      if (!mark) return undefined;
      const { parts, isWhole } = await read(day);
      if (area === 'state') await sumSellers(day, deps);
      const summed = sumTotals(area, day, parts, clock.now());
      if ((await totals.put(summed, mark, isWhole ? 'complete' : 'partial')) !== CONFLICT)
        return count('DaysSummed', 1);
      mark = (await totals.reopened(area)).find((one) => one.day === day);
      return RETRY;
    });
  });
  await isolated.end(locations);
};

const SELLERS_AT_ONCE = 8;
const MAKERS_AT_ONCE = 8;

/** Runs before the mark is deleted. A seller with an unreadable row keeps its previous sum. */
const sumSellers = async (day: Day, { count, registry, sellerDays }: SumDaysDeps): Promise<void> => {
  const sellers = await allPages((after) => registry.list('sellers', after));
  await concurrently(SELLERS_AT_ONCE, sellers, async ({ id }) => {
    const rows = await sellerDays.onDays(SellerId.parse(id), [day], true).catch((error: unknown) => {
      if (error instanceof UnavailableError) throw error;
      count('RowsUnreadable', 1);
      logger.error(`the sum of ${id} on ${day} leaves out its closes`, { error });
      return [];
    });
    for (const sum of sumSellerDays(rows)) await sellerDays.putSum(sum);
  });
};

type AreaPart = Parameters<typeof sumTotals>[2][number];
type DayParts = { readonly parts: readonly AreaPart[]; readonly isWhole: boolean };
type PartsReader = {
  readonly locations: readonly StockLocationId[];
  readonly read: (day: Day) => Promise<DayParts>;
};

type IsolatedLocations = ReturnType<typeof isolateLocations>;

const partsReaderOf = (area: AreaId, isolated: IsolatedLocations, deps: SumDaysDeps): Promise<PartsReader> =>
  area === 'state' ? districtPartsReader(deps) : locationPartsReader(area, isolated, deps);

/** Unreadable district totals fail the state's day. The district's own job repairs them. */
const districtPartsReader = async ({ registry, totals }: SumDaysDeps): Promise<PartsReader> => {
  const districts = await allPages((after) => registry.list('districts', after));
  return {
    locations: [],
    read: async (day) => {
      const totalsOfDistricts = [];
      for (const { id } of districts) totalsOfDistricts.push(await totals.find(DistrictId.parse(id), day));
      return { parts: totalsOfDistricts.filter((one) => one !== undefined), isWhole: true };
    },
  };
};

const locationPartsReader = async (
  district: DistrictId,
  isolated: IsolatedLocations,
  deps: SumDaysDeps,
): Promise<PartsReader> => {
  const { registry, closes } = deps;
  const all = [
    ...(await allPages((after) => registry.list('outlets', after))),
    ...(await allPages((after) => registry.list('depots', after))),
  ];
  const locations = all
    .filter((place) => hasBeenInDistrict(place, district))
    .map(({ id }) => StockLocationId.parse(id));
  return {
    locations,
    read: async (day) => {
      const readable = [];
      const unreadable: AreaPart[] = [];
      for (const location of locations) {
        const share = await isolated.try(location, async () => ({ close: await closes.latest(location, day) }));
        if (share === undefined) unreadable.push(UNREADABLE_PART);
        // A close belongs to its district of that day.
        else if (share.close?.district === district) readable.push(share.close);
      }
      await sumMakers(district, day, readable, deps);
      const crafts = await readCraftsOfItems(
        new Set(readable.flatMap(({ items }) => items.map(({ item }) => item))),
        deps,
      );
      return {
        parts: [...readable.map((close) => partialTotalsOf(close, crafts)), ...unreadable],
        isWhole: unreadable.length === 0,
      };
    },
  };
};

/** Before the mark goes. A row that cannot be read is logged and left out. */
const sumMakers = async (
  district: DistrictId,
  day: Day,
  closes: readonly Pick<DayClose, 'location' | 'vouchers'>[],
  { makerDays }: SumDaysDeps,
): Promise<void> => {
  // A day without a voucher has no row, and a read of no row costs as much as of one.
  const locations = closes.flatMap(({ location, vouchers }) =>
    isProducer(location) || vouchers === 0 ? [] : [location],
  );
  const rows = await makerDays.several(locations, day);
  await concurrently(MAKERS_AT_ONCE, sumMakerDays(district, rows), makerDays.putSum);
};

const UNREADABLE_PART: AreaPart = {
  locations: 1,
  unproven: 1,
  vouchers: 0,
  inHand: 0,
  tenders: [],
  sellers: [],
  items: [],
  crafts: [],
};

import { type IsolatedJobDeps, locationsApart } from '../../shared/alerts/isolated-job-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { partOf, totalsOf } from '../../shared/day-close/totals.ts';
import type { TotalsStore } from '../../shared/day-close/totals-store.ts';
import { type AreaId, type DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { Clock, Day } from '../../shared/kernel/time.ts';
import { eachApart } from '../../shared/platform/isolate-failures.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { AGAIN, STALE, untilAnswered } from '../../shared/platform/retry.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import { wasEverIn } from '../../shared/registry/district-history.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type CraftsOfItemsDeps, craftsOf } from './crafts-of-items.ts';

type SumDaysDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly count: Count;
  readonly registry: RegistryStore;
  readonly totals: TotalsStore;
} & CraftsOfItemsDeps &
  IsolatedJobDeps;

/**
 * Sums anew each day of an area of which something was closed since: of a district from its locations, of the state from its districts.
 * Each day apart. A location whose close cannot be read counts as unproven, is told in an alert, and its day stays marked.
 */
export const sumDays = async ({ area, day: planned }: AreaMessage, deps: SumDaysDeps): Promise<void> => {
  const { totals, clock, count } = deps;
  const apart = locationsApart('sum-days', planned, deps);
  const marks = await totals.reopened(area);
  if (marks.length === 0) return;
  const { locations, read } = await partsOf(area, apart, deps);
  await eachApart(`a day of ${area}`, marks, async ({ day, ...first }) => {
    let mark: Omit<(typeof marks)[number], 'day'> | undefined = first;
    return untilAnswered(async () => {
      if (!mark) return undefined;
      const { parts, isWhole } = await read(day);
      const summed = totalsOf(area, day, parts, clock.now());
      if ((await totals.put(summed, mark, isWhole ? 'whole' : 'in part')) !== STALE) return count('DaysSummed', 1);
      mark = (await totals.reopened(area)).find((one) => one.day === day);
      return AGAIN;
    });
  });
  await apart.end(locations);
};

type Part = Parameters<typeof totalsOf>[2][number];
type Read = { readonly parts: readonly Part[]; readonly isWhole: boolean };
type Parted = {
  readonly locations: readonly LocationId[];
  readonly read: (day: Day) => Promise<Read>;
};

type Apart = ReturnType<typeof locationsApart>;

const partsOf = (area: AreaId, apart: Apart, deps: SumDaysDeps): Promise<Parted> =>
  area === 'state' ? districtsOf(deps) : locationsOf(area, apart, deps);

/** A district whose totals cannot be read fails the day of the state: its own job writes them anew. */
const districtsOf = async ({ registry, totals }: SumDaysDeps): Promise<Parted> => {
  const districts = await everything((after) => registry.list('districts', after));
  return {
    locations: [],
    read: async (day) => {
      const found = [];
      for (const { id } of districts) found.push(await totals.find(id as DistrictId, day));
      return { parts: found.filter((one) => one !== undefined), isWhole: true };
    },
  };
};

const locationsOf = async (district: DistrictId, apart: Apart, deps: SumDaysDeps): Promise<Parted> => {
  const { registry, closes } = deps;
  const all = [
    ...(await everything((after) => registry.list('outlets', after))),
    ...(await everything((after) => registry.list('depots', after))),
  ];
  const locations = all.filter((place) => wasEverIn(place, district)).map(({ id }) => LocationId.parse(id));
  return {
    locations,
    read: async (day) => {
      const found = [];
      const unreadable: Part[] = [];
      for (const location of locations) {
        const share = await apart.try(location, async () => ({ close: await closes.latest(location, day) }));
        if (share === undefined) unreadable.push(NOTHING_KNOWN);
        // A close belongs to the district of its day, wherever its location is today.
        else if (share.close?.district === district) found.push(share.close);
      }
      const crafts = await craftsOf(new Set(found.flatMap(({ items }) => items.map(({ item }) => item))), deps);
      return {
        parts: [...found.map((close) => partOf(close, crafts)), ...unreadable],
        isWhole: unreadable.length === 0,
      };
    },
  };
};

/** The part of a location whose close cannot be read. */
const NOTHING_KNOWN: Part = {
  ...{ locations: 1, unproven: 1, vouchers: 0, inHand: 0 },
  ...{ tenders: [], sellers: [], items: [], crafts: [] },
};

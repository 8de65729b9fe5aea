import type { AreaMessage } from '../../shared/contract/jobs.ts';
import { type AreaId, partOf, totalsOf } from '../../shared/domain/closes/totals.ts';
import { type DistrictId, LocationId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import { wasEverIn } from '../../shared/domain/registry/district-history.ts';
import type { Day } from '../../shared/domain/time.ts';
import { AGAIN, type Composition, STALE, untilAnswered } from '../../shared/runtime/composition.ts';
import { craftsOf } from './crafts-of.ts';

/** Sums anew each day of an area of which something was closed since: of a district from its locations, of the state from its districts. */
export const sumDays = ({ area }: AreaMessage, tools: Composition): Promise<void> => {
  const { totals, clock, count } = tools;
  return untilAnswered(async () => {
    const marks = await totals.reopened(area);
    const read = marks.length > 0 ? await partsOf(area, tools) : async () => [];
    for (const { day, ...mark } of marks) {
      const summed = totalsOf(area, day, await read(day), clock.now());
      if ((await totals.put(summed, mark)) === STALE) return AGAIN;
      count('DaysSummed', 1);
    }
    return undefined;
  });
};

const partsOf = (area: AreaId, tools: Composition) =>
  area === 'state' ? districtsOf(tools) : locationsOf(area, tools);

const districtsOf = async ({ registry, totals }: Composition) => {
  const districts = await everything((after) => registry.list('districts', after));
  return async (day: Day) => {
    const found = [];
    for (const { id } of districts) found.push(await totals.find(id as DistrictId, day));
    return found.filter((one) => one !== undefined);
  };
};

const locationsOf = async (district: DistrictId, tools: Composition) => {
  const { registry, closes } = tools;
  const all = [
    ...(await everything((after) => registry.list('outlets', after))),
    ...(await everything((after) => registry.list('depots', after))),
  ];
  const here = all.filter((place) => wasEverIn(place, district)).map(({ id }) => LocationId.parse(id));
  return async (day: Day) => {
    const found = [];
    for (const location of here) found.push(await closes.latest(location, day));
    // A close belongs to the district of its day, wherever its location is today.
    const closed = found.filter((close) => close !== undefined).filter((close) => close.district === district);
    const crafts = await craftsOf(new Set(closed.flatMap(({ items }) => items.map(({ item }) => item))), tools);
    return closed.map((close) => partOf(close, crafts));
  };
};

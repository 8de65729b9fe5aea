import { type DistrictId, isProducer, type LocationId, locationKind, type Place } from '../kernel/ids.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock/stock.ts';
import { keptOf, packOf, soldADay, wantedOf } from './min-max-levels.ts';
import type { Giver, Wanting } from './sourcing.ts';

/** A place, and what of its entry says whom it is near. */
export type Located<Id extends Place = LocationId> = {
  readonly place: Id;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
};

/** What a place lacks of an item, as its row stands. */
export const wantingOf = ({ place, ...where }: Located, row: StockRow, item: Item): Wanting => ({
  ...{ at: place, ...where },
  wanted: wantedOf(row, item.reorderPoint),
  pack: packOf(item.units),
});

/** What a place has to give of it. Whoever makes it has no row, and is asked; an outlet or a depot without one has none. */
export const giverOf = (at: Located<Place>, row: StockRow | undefined, item: Item): Giver => {
  const { place } = at;
  if (isProducer(place)) return { ...at, kind: 'maker', ...(!item.makers?.includes(place) && { free: 0 }) };
  const there = { ...at, free: row?.free ?? 0, plan: keptOf(row?.plan, item.reorderPoint) };
  return locationKind(place) === 'depots'
    ? { ...there, kind: 'depot' }
    : { ...there, kind: 'outlet', mean: soldADay(row?.plan) };
};

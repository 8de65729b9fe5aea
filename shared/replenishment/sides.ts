import {
  type DistrictId,
  isProducer,
  type LocationId,
  type StockLocationId,
  stockLocationKind,
} from '../kernel/ids.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock/stock.ts';
import { minMaxLevelsOf, packSizeOf, replenishmentQuantityOf, soldPerDay } from './min-max-levels.ts';
import type { DemandingLocation, SupplyingLocation } from './sourcing.ts';

/** A place, and what of its entry says whom it is near. */
export type SourcingLocation<Id extends LocationId = StockLocationId> = {
  readonly location: Id;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
};

/** What a place lacks of an item, as its row stands. */
export const demandingLocationOf = (
  { location, ...where }: SourcingLocation,
  row: StockRow,
  item: Item,
): DemandingLocation => ({
  ...{ location: location, ...where },
  shortQuantity: replenishmentQuantityOf(row, item.reorderPoint),
  packSize: packSizeOf(item.units),
});

/** What a place has to give of it. Whoever makes it has no row, and is asked; an outlet or a depot without one has none. */
export const supplyingLocationOf = (
  at: SourcingLocation<LocationId>,
  row: StockRow | undefined,
  item: Item,
): SupplyingLocation => {
  const { location } = at;
  if (isProducer(location)) return { ...at, kind: 'maker', ...(!item.makers?.includes(location) && { free: 0 }) };
  const there = { ...at, free: row?.free ?? 0, plan: minMaxLevelsOf(row?.plan, item.reorderPoint) };
  return stockLocationKind(location) === 'depots'
    ? { ...there, kind: 'depot' }
    : { ...there, kind: 'outlet', mean: soldPerDay(row?.plan) };
};

import {
  type DistrictId,
  isProducer,
  type LocationId,
  type StockLocationId,
  stockLocationKind,
} from '../kernel/ids.ts';
import { MAX_QUANTITY } from '../kernel/quantity.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock/stock.ts';
import { minMaxLevelsOf, packSizeOf, replenishmentQuantityOf, soldPerDay } from './min-max-levels.ts';
import type { ReplenishmentPlan } from './replenishment-plan.ts';

/** One item (and so one seller) at a place that runs short of it. `pack`: it is sent in whole packs of so many base units. */
export type DemandingLocation = {
  readonly location: StockLocationId;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
  readonly shortQuantity: number;
  readonly packSize: number;
};

/** Who has the same item. A maker keeps no stock in the book: `free` is not known, and it is asked. */
export type SupplyingLocation = {
  readonly location: LocationId;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
  readonly plan?: ReplenishmentPlan;
} & (
  | { readonly kind: 'outlet'; readonly free: number; readonly mean: number }
  | { readonly kind: 'depot'; readonly free: number }
  | { readonly kind: 'maker'; readonly free?: number }
);

export type SupplySource = {
  readonly from: LocationId;
  readonly kind: SupplyingLocation['kind'];
  readonly quantity: number;
};

/** An outlet keeps, above its own point, what it sells in so many days. */
const OUTLET_RESERVE_DAYS = 30;
/** More parcels than this are not worth a suggestion. */
const MAX_PARCELS = 3;

/** What it can do without. Nobody goes below their own reorder point; an outlet gives only what it would not sell for long. */
export const spareQuantityOf = (giver: SupplyingLocation): number => {
  const { reorderPoint, target } = giver.plan ?? { reorderPoint: 0, target: 0 };
  if (giver.free === undefined) return Number.POSITIVE_INFINITY;
  if (giver.kind !== 'outlet') return Math.max(0, giver.free - reorderPoint);
  return Math.max(0, giver.free - Math.max(target, reorderPoint + Math.ceil(giver.mean * OUTLET_RESERVE_DAYS)));
};

/** Typed by many hands: with any dash, in any case. */
const normalisedLine = (line: string): string =>
  line
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

type DistrictAndLines = Pick<SupplyingLocation, 'district' | 'lines'>;

const isOnSameLine = (one: DistrictAndLines, other: DistrictAndLines): boolean => {
  const lines = new Set(one.lines?.map(normalisedLine));
  return (other.lines ?? []).some((line) => lines.has(normalisedLine(line)));
};

/** Whether an outlet is asked for what another lacks, before anything is known of its shelf. */
export const isNear = (one: DistrictAndLines, other: DistrictAndLines): boolean =>
  one.district === other.district || isOnSameLine(one, other);

/** Nearest kind first: an outlet on the same line, one in the same district, a depot, and for what none of them has, whoever makes it. Outlets elsewhere are not asked. */
const proximityRankOf = (
  giver: SupplyingLocation,
  wanting: Pick<DemandingLocation, 'location' | 'district' | 'lines'>,
): number | undefined => {
  if (giver.location === wanting.location) return undefined;
  const far = giver.district === wanting.district ? 0 : 1;
  switch (giver.kind) {
    case 'outlet':
      return isOnSameLine(giver, wanting) ? 0 : far === 0 ? 1 : undefined;
    case 'depot':
      return 2 + far;
    case 'maker':
      return 4 + far;
  }
};

/** What one giver can send of what is wanted, whoever else could: in whole packs. */
export const suppliableQuantityOf = (giver: SupplyingLocation, wanting: DemandingLocation): number => {
  const pack = Math.max(1, wanting.packSize);
  if (proximityRankOf(giver, wanting) === undefined) return 0;
  return (
    pack * Math.min(Math.ceil(Math.max(0, wanting.shortQuantity) / pack), Math.floor(spareQuantityOf(giver) / pack))
  );
};

/**
 * The turn that a maker has for a place: not the same everywhere, so that many makers of one thing are asked alike; and the same every day, so that one of them sends all
 * that a stall lacks. FNV-1a, with Murmur's last mixing.
 */
const makerOrderOf = (maker: LocationId, at: StockLocationId): number => {
  let hash = 0x811c9dc5;
  for (const letter of `${at} ${maker}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * How much to send and from where, so that the outlet has its target again; as few parcels as may be, in whole packs, which may come to a
 * little more than asked. Among equals the one that can send all of it, then the one that has most to spare, then by name; among makers, by turn.
 */
export const suggestSources = (wanting: DemandingLocation, givers: readonly SupplyingLocation[]): SupplySource[] => {
  const pack = Math.max(1, wanting.packSize);
  let packs = Math.ceil(Math.max(0, wanting.shortQuantity) / pack);
  const asked = packs;
  // A line of a dispatch holds no more; the rest is suggested again once this is on its way.
  const mostPacks = Math.max(1, Math.floor(MAX_QUANTITY / pack));
  const able = givers
    .flatMap((giver) => {
      const rank = proximityRankOf(giver, wanting);
      const spare = Math.floor(spareQuantityOf(giver) / pack);
      return rank === undefined || spare === 0 ? [] : [{ giver, rank, spare }];
    })
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        Number(other.spare >= asked) - Number(one.spare >= asked) ||
        (one.spare === other.spare ? 0 : other.spare - one.spare) ||
        (one.giver.kind === 'maker'
          ? makerOrderOf(one.giver.location, wanting.location) - makerOrderOf(other.giver.location, wanting.location)
          : 0) ||
        (one.giver.location < other.giver.location ? -1 : 1),
    );
  const sources: SupplySource[] = [];
  for (const { giver, spare } of able) {
    if (packs === 0 || sources.length === MAX_PARCELS) break;
    const sent = Math.min(packs, spare, mostPacks);
    sources.push({ from: giver.location, kind: giver.kind, quantity: sent * pack });
    packs -= sent;
  }
  return sources;
};

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
  location: location,
  ...where,
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

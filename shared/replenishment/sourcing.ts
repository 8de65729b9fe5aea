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
import {
  minMaxLevelsOf,
  packSizeOf,
  type ReplenishmentPlan,
  replenishmentQuantityOf,
  soldPerDay,
} from './replenishment-plan.ts';

/** `packSize`: base units per pack. */
export type DemandingLocation = {
  readonly location: StockLocationId;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
  readonly shortQuantity: number;
  readonly packSize: number;
};

/** `free` is absent if a maker's stock is unknown. */
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

/** Kept above the reorder point. */
const OUTLET_RESERVE_DAYS = 30;
const MAX_PARCELS = 3;

/** No location goes below its reorder point. */
export const spareQuantityOf = (supplier: SupplyingLocation): number => {
  const { reorderPoint, target } = supplier.plan ?? { reorderPoint: 0, target: 0 };
  if (supplier.free === undefined) return Number.POSITIVE_INFINITY;
  if (supplier.kind !== 'outlet') return Math.max(0, supplier.free - reorderPoint);
  return Math.max(0, supplier.free - Math.max(target, reorderPoint + Math.ceil(supplier.mean * OUTLET_RESERVE_DAYS)));
};

/** Ignores case and punctuation, because line names are typed. */
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

export const isNear = (one: DistrictAndLines, other: DistrictAndLines): boolean =>
  one.district === other.district || isOnSameLine(one, other);

/** Undefined for other outlets. */
const proximityRankOf = (
  supplier: SupplyingLocation,
  demand: Pick<DemandingLocation, 'location' | 'district' | 'lines'>,
): number | undefined => {
  if (supplier.location === demand.location) return undefined;
  const districtRank = supplier.district === demand.district ? 0 : 1;
  switch (supplier.kind) {
    case 'outlet':
      return isOnSameLine(supplier, demand) ? 0 : districtRank === 0 ? 1 : undefined;
    case 'depot':
      return 2 + districtRank;
    case 'maker':
      return 4 + districtRank;
  }
};

/** In whole packs. */
export const suppliableQuantityOf = (supplier: SupplyingLocation, demand: DemandingLocation): number => {
  const pack = Math.max(1, demand.packSize);
  if (proximityRankOf(supplier, demand) === undefined) return 0;
  return (
    pack * Math.min(Math.ceil(Math.max(0, demand.shortQuantity) / pack), Math.floor(spareQuantityOf(supplier) / pack))
  );
};

/**
 * Differs by location to spread requests; constant, so that one maker sends everything. FNV-1a with
 * Murmur's finaliser.
 */
const makerOrderOf = (maker: LocationId, location: StockLocationId): number => {
  let hash = 0x811c9dc5;
  for (const letter of `${location} ${maker}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Few parcels of whole packs, so possibly slightly more. */
export const suggestSources = (demand: DemandingLocation, suppliers: readonly SupplyingLocation[]): SupplySource[] => {
  const pack = Math.max(1, demand.packSize);
  let packsLeft = Math.ceil(Math.max(0, demand.shortQuantity) / pack);
  const packsNeeded = packsLeft;
  // Limit of a dispatch line; the rest is suggested later.
  const maxPacks = Math.max(1, Math.floor(MAX_QUANTITY / pack));
  const candidates = suppliers
    .flatMap((supplier) => {
      const rank = proximityRankOf(supplier, demand);
      const spare = Math.floor(spareQuantityOf(supplier) / pack);
      return rank === undefined || spare === 0 ? [] : [{ supplier, rank, spare }];
    })
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        Number(other.spare >= packsNeeded) - Number(one.spare >= packsNeeded) ||
        (one.spare === other.spare ? 0 : other.spare - one.spare) ||
        (one.supplier.kind === 'maker'
          ? makerOrderOf(one.supplier.location, demand.location) -
            makerOrderOf(other.supplier.location, demand.location)
          : 0) ||
        (one.supplier.location < other.supplier.location ? -1 : 1),
    );
  const sources: SupplySource[] = [];
  for (const { supplier, spare } of candidates) {
    if (packsLeft === 0 || sources.length === MAX_PARCELS) break;
    const sent = Math.min(packsLeft, spare, maxPacks);
    sources.push({ from: supplier.location, kind: supplier.kind, quantity: sent * pack });
    packsLeft -= sent;
  }
  return sources;
};

export type SourcingLocation<Id extends LocationId = StockLocationId> = {
  readonly location: Id;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
};

export const demandingLocationOf = (
  { location, ...proximity }: SourcingLocation,
  row: StockRow,
  item: Item,
): DemandingLocation => ({
  location,
  ...proximity,
  shortQuantity: replenishmentQuantityOf(row, item.reorderPoint),
  packSize: packSizeOf(item.units),
});

/** Makers have no row. */
export const supplyingLocationOf = (
  place: SourcingLocation<LocationId>,
  row: StockRow | undefined,
  item: Item,
): SupplyingLocation => {
  const { location } = place;
  if (isProducer(location)) return { ...place, kind: 'maker', ...(!item.makers?.includes(location) && { free: 0 }) };
  const supplier = { ...place, free: row?.free ?? 0, plan: minMaxLevelsOf(row?.plan, item.reorderPoint) };
  return stockLocationKind(location) === 'depots'
    ? { ...supplier, kind: 'depot' }
    : { ...supplier, kind: 'outlet', mean: soldPerDay(row?.plan) };
};

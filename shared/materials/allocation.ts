import * as z from 'zod';
import { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Quantity, sumOf, Version } from '../kernel/quantity.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { StockChange } from '../stock/stock.ts';
import { type EntitlementAccount, Season } from './entitlement-account.ts';
import type { MaterialRequest } from './material-request.ts';
import { ration } from './rationing.ts';

const NonNegativeInteger = z.int().min(0);

/** All inputs of a share. Base units. */
export const MaterialDemand = z.strictObject({
  request: VoucherNumber,
  /** When the run read it. */
  version: Version,
  producer: ProducerId,
  season: Season,
  item: ItemId,
  asked: Quantity,
  entitled: NonNegativeInteger,
  left: z.int(),
});
export type MaterialDemand = z.infer<typeof MaterialDemand>;

/**
 * `turn`: order of the last units, smallest first. `given`: less than `share` only if something
 * changed meanwhile.
 */
export const Allotment = MaterialDemand.extend({
  share: NonNegativeInteger,
  turn: z.string(),
  given: NonNegativeInteger.optional(),
});
export type Allotment = z.infer<typeof Allotment>;

/**
 * `free`: when the run began. `wanted`: demand within entitlement, of `producers`. `returned`: the
 * part of `taken` that nobody got.
 */
export const AllocatedMaterial = z.strictObject({
  item: ItemId,
  free: z.int(),
  producers: NonNegativeInteger,
  wanted: NonNegativeInteger,
  taken: NonNegativeInteger,
  returned: NonNegativeInteger.optional(),
});
export type AllocatedMaterial = z.infer<typeof AllocatedMaterial>;

/** `running` until every request has its share. */
export const AllocationRun = z.strictObject({
  depot: StockLocationId,
  day: Day,
  state: z.enum(['running', 'done']),
  startedAt: Instant,
  doneAt: Instant.optional(),
  requests: NonNegativeInteger,
  materials: z.array(AllocatedMaterial),
});
export type AllocationRun = z.infer<typeof AllocationRun>;

export type FreeStock = ReadonlyMap<ItemId, number>;

/**
 * Shares per item, in the order of submission. A producer has one claim, so splitting a request
 * gains nothing; it is capped by what is left, weighted by entitlement, and serves the oldest
 * request first.
 */
export const allocate = (demands: readonly MaterialDemand[], free: FreeStock, day: Day): Allotment[] => {
  const shares = new Map(
    [...Map.groupBy(demands, ({ item }) => item)].map(([item, same]) => [
      item,
      rationedShares(same, free.get(item) ?? 0, day),
    ]),
  );
  return demands.map((demand) => {
    const left = shares.get(demand.item);
    const share = Math.min(demand.asked, left?.get(producerSeasonOf(demand)) ?? 0);
    left?.set(producerSeasonOf(demand), (left.get(producerSeasonOf(demand)) ?? 0) - share);
    return { ...demand, share, turn: tieBreakOf(demand.producer, day) };
  });
};

const producerSeasonOf = ({ producer, season }: MaterialDemand): string => `${producer}#${season}`;

/** The sum requested, capped by what is left. */
const demandsByProducer = (demands: readonly MaterialDemand[], day: Day) =>
  [...Map.groupBy(demands, producerSeasonOf)].map(([id, [first, ...more]]) => {
    const { producer, entitled, left } = first as MaterialDemand;
    const requested = Math.min(sumOf([first as MaterialDemand, ...more].map((one) => one.asked)), Math.max(0, left));
    return { id, requested, weight: Math.max(1, entitled), order: tieBreakOf(producer, day) };
  });

const rationedShares = (demands: readonly MaterialDemand[], free: number, day: Day): Map<string, number> =>
  ration(free, demandsByProducer(demands, day));

/**
 * Order of the last units: producer numbers permuted daily by Wellons' lowbias32, a bijection on 32
 * bits. It does not depend on the quantity asked.
 */
const tieBreakOf = (producer: ProducerId, day: Day): string => {
  let turn = Number(producer.slice(1)) + Math.imul(Number(day.replaceAll('-', '')), 0x9e3779b9);
  turn = Math.imul(turn ^ (turn >>> 16), 0x7feb352d);
  turn = Math.imul(turn ^ (turn >>> 15), 0x846ca68b);
  return String((turn ^ (turn >>> 16)) >>> 0).padStart(10, '0');
};

export const allocatedMaterialsOf = (allotted: readonly Allotment[], free: FreeStock, day: Day): AllocatedMaterial[] =>
  [...Map.groupBy(allotted, ({ item }) => item)].map(([item, same]) => ({
    item,
    free: free.get(item) ?? 0,
    producers: demandsByProducer(same, day).filter(({ requested }) => requested > 0).length,
    wanted: sumOf(demandsByProducer(same, day).map(({ requested }) => requested)),
    taken: sumOf(same.map(({ share }) => share)),
  }));

export const materialDemandsOf = (
  requests: readonly MaterialRequest[],
  accountOf: (request: MaterialRequest, item: ItemId) => Pick<EntitlementAccount, 'entitled' | 'left'> | undefined,
): MaterialDemand[] =>
  requests.flatMap((request) =>
    request.lines.map(({ item, asked }) => {
      const { entitled, left } = accountOf(request, item) ?? { entitled: 0, left: 0 };
      const { request: number, version, producer, season } = request;
      return { request: number, version, producer, season, item, asked, entitled, left };
    }),
  );

/** A part may exceed this by one request's 40 lines, well under DynamoDB's 400 KB. */
const MAX_PART_LINES = 400;

/** The lines of one request stay together. */
export const splitIntoParts = (record: readonly Allotment[]): Allotment[][] => {
  const parts: Allotment[][] = [];
  for (const lines of Map.groupBy(record, ({ request }) => request).values()) {
    const last = parts.at(-1);
    if (last && last.length < MAX_PART_LINES) last.push(...lines);
    else parts.push([...lines]);
  }
  return parts;
};

/** Shares leave the free stock of the depot when the run begins. */
export const takenStockOf = (materials: readonly AllocatedMaterial[]): StockChange[] =>
  materials
    .filter(({ taken }) => taken > 0)
    .map(({ item, taken }) => ({ item, onHand: 0, free: -taken, requires: { free: taken } }));

/** Stock taken for the run that no request got. It is free again when the run ends. */
export const returnedStockOf = (materials: readonly AllocatedMaterial[]): StockChange[] =>
  materials.flatMap(({ item, returned = 0 }) =>
    returned > 0 ? [{ item, onHand: 0, free: returned, requires: 'nothing' }] : [],
  );

/** Whether its inputs give the same shares again. For officers and tests. */
export const isReproducible = (run: AllocationRun, record: readonly Allotment[]): boolean => {
  const recomputed = allocate(record, new Map(run.materials.map(({ item, free }) => [item, free])), run.day);
  return record.every(({ share }, at) => share === recomputed[at]?.share);
};

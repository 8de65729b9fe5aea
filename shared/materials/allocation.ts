import * as z from 'zod';
import { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Quantity, sumOf, Version } from '../kernel/quantity.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { EntitlementAccount } from './entitlement-account.ts';
import type { MaterialRequest } from './material-request.ts';
import { ration } from './rationing.ts';
import { Season } from './season.ts';

const NonNegativeInteger = z.int().min(0);

/** What one request asks of one material, beside what its producer may draw: all that a share follows from. Base units. */
export const MaterialDemand = z.strictObject({
  request: VoucherNumber,
  /** Of the request, when the run looked at it. */
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
 * `share`: what it was given by the rule; `turn`: by which the last units go, the smallest first. `given`: what it got, which is less only
 * where something changed before it could be written.
 */
export const Allotment = MaterialDemand.extend({
  share: NonNegativeInteger,
  turn: z.string(),
  given: NonNegativeInteger.optional(),
});
export type Allotment = z.infer<typeof Allotment>;

/** One material in a run: what was free, among how many producers who may draw it, how much they wanted; what was taken for them, and what of it came back. */
export const AllocatedMaterial = z.strictObject({
  item: ItemId,
  free: z.int(),
  producers: NonNegativeInteger,
  wanted: NonNegativeInteger,
  taken: NonNegativeInteger,
  returned: NonNegativeInteger.optional(),
});
export type AllocatedMaterial = z.infer<typeof AllocatedMaterial>;

/** A depot's run of one day: `running` until every request knows what it got, then `done`. */
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

/** Free stock of each item; what is not there is none. */
export type FreeStock = ReadonlyMap<ItemId, number>;

/**
 * Everyone's share, item by item, in the order given, which is that of asking. A producer is one claim, however many requests they made:
 * to split a request gains nothing. The claim is capped by what is left in the passbook, weighted by what is entitled, and served to the
 * oldest request first.
 */
export const allocate = (wanted: readonly MaterialDemand[], free: FreeStock, day: Day): Allotment[] => {
  const shares = new Map(
    [...Map.groupBy(wanted, ({ item }) => item)].map(([item, same]) => [
      item,
      rationedShares(same, free.get(item) ?? 0, day),
    ]),
  );
  return wanted.map((one) => {
    const mine = shares.get(one.item);
    const share = Math.min(one.asked, mine?.get(producerSeasonOf(one)) ?? 0);
    mine?.set(producerSeasonOf(one), (mine.get(producerSeasonOf(one)) ?? 0) - share);
    return { ...one, share, turn: tieBreakOf(one.producer, day) };
  });
};

const producerSeasonOf = ({ producer, season }: MaterialDemand): string => `${producer}#${season}`;

/** What each claim may get at most: what is asked, as far as the passbook has it. */
const demandsByProducer = (wanted: readonly MaterialDemand[], day: Day) =>
  [...Map.groupBy(wanted, producerSeasonOf)].map(([id, [first, ...more]]) => {
    const { producer, entitled, left } = first as MaterialDemand;
    const asked = Math.min(sumOf([first as MaterialDemand, ...more].map((one) => one.asked)), Math.max(0, left));
    return { id, asked, weight: Math.max(1, entitled), order: tieBreakOf(producer, day) };
  });

const rationedShares = (wanted: readonly MaterialDemand[], free: number, day: Day): Map<string, number> =>
  ration(free, demandsByProducer(wanted, day));

/**
 * Whose turn it is when a last unit is left: the producers' numbers, shuffled anew each day, whatever was asked (Wellons' lowbias32, which
 * takes no two to one).
 */
const tieBreakOf = (producer: ProducerId, day: Day): string => {
  let turn = Number(producer.slice(1)) + Math.imul(Number(day.replaceAll('-', '')), 0x9e3779b9);
  turn = Math.imul(turn ^ (turn >>> 16), 0x7feb352d);
  turn = Math.imul(turn ^ (turn >>> 15), 0x846ca68b);
  return String((turn ^ (turn >>> 16)) >>> 0).padStart(10, '0');
};

/** The materials of a run, by their shares. */
export const allocatedMaterialsOf = (allotted: readonly Allotment[], free: FreeStock, day: Day): AllocatedMaterial[] =>
  [...Map.groupBy(allotted, ({ item }) => item)].map(([item, same]) => ({
    item,
    free: free.get(item) ?? 0,
    producers: demandsByProducer(same, day).filter(({ asked }) => asked > 0).length,
    wanted: sumOf(demandsByProducer(same, day).map(({ asked }) => asked)),
    taken: sumOf(same.map(({ share }) => share)),
  }));

/** What these requests want, line by line, with the passbooks they draw on. */
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

/** Lines after which a part of a record ends: with the 40 of one more request, well under the 400 KB of an item of DynamoDB. */
const MAX_PART_LINES = 400;

/** A record in parts that can be kept; a request's lines stay together. */
export const splitIntoParts = (record: readonly Allotment[]): Allotment[][] => {
  const parts: Allotment[][] = [];
  for (const lines of Map.groupBy(record, ({ request }) => request).values()) {
    const last = parts.at(-1);
    if (last && last.length < MAX_PART_LINES) last.push(...lines);
    else parts.push([...lines]);
  }
  return parts;
};

/** Whether a run's record comes out the same when it is reckoned again from what went in. For officers, and for tests. */
export const isReproducible = (run: AllocationRun, record: readonly Allotment[]): boolean => {
  const again = allocate(record, new Map(run.materials.map(({ item, free }) => [item, free])), run.day);
  return record.every(({ share }, at) => share === again[at]?.share);
};

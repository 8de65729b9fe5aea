import * as z from 'zod';
import { ItemId, LocationId, ProducerId } from '../kernel/ids.ts';
import { Quantity, sumOf, Version } from '../kernel/quantity.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Account } from './entitlement-account.ts';
import type { MaterialRequest } from './material-request.ts';
import { ration } from './rationing.ts';
import { Season } from './season.ts';

const Amount = z.int().min(0);

/** What one request asks of one material, beside what its producer may draw: all that a share follows from. Base units. */
export const Wanted = z.strictObject({
  request: VoucherNumber,
  /** Of the request, when the run looked at it. */
  version: Version,
  producer: ProducerId,
  season: Season,
  item: ItemId,
  asked: Quantity,
  entitled: Amount,
  left: z.int(),
});
export type Wanted = z.infer<typeof Wanted>;

/**
 * `share`: what it was given by the rule; `turn`: by which the last units go, the smallest first. `given`: what it got, which is less only
 * where something changed before it could be written.
 */
export const Allotment = Wanted.extend({ share: Amount, turn: z.string(), given: Amount.optional() });
export type Allotment = z.infer<typeof Allotment>;

/** One material in a run: what was free, among how many producers who may draw it, how much they wanted; what was taken for them, and what of it came back. */
export const SharedMaterial = z.strictObject({
  item: ItemId,
  free: z.int(),
  producers: Amount,
  wanted: Amount,
  taken: Amount,
  returned: Amount.optional(),
});
export type SharedMaterial = z.infer<typeof SharedMaterial>;

/** A depot's run of one day: `running` until every request knows what it got, then `done`. */
export const AllocationRun = z.strictObject({
  depot: LocationId,
  day: Day,
  state: z.enum(['running', 'done']),
  startedAt: Instant,
  doneAt: Instant.optional(),
  requests: Amount,
  materials: z.array(SharedMaterial),
});
export type AllocationRun = z.infer<typeof AllocationRun>;

/** Free stock of each item; what is not there is none. */
export type Free = ReadonlyMap<ItemId, number>;

/**
 * Everyone's share, item by item, in the order given, which is that of asking. A producer is one claim, however many requests they made:
 * to split a request gains nothing. The claim is capped by what is left in the passbook, weighted by what is entitled, and served to the
 * oldest request first.
 */
export const allot = (wanted: readonly Wanted[], free: Free, day: Day): Allotment[] => {
  const shares = new Map(
    [...Map.groupBy(wanted, ({ item }) => item)].map(([item, same]) => [
      item,
      shareOut(same, free.get(item) ?? 0, day),
    ]),
  );
  return wanted.map((one) => {
    const mine = shares.get(one.item);
    const share = Math.min(one.asked, mine?.get(claimOf(one)) ?? 0);
    mine?.set(claimOf(one), (mine.get(claimOf(one)) ?? 0) - share);
    return { ...one, share, turn: turnOf(one.producer, day) };
  });
};

const claimOf = ({ producer, season }: Wanted): string => `${producer}#${season}`;

/** What each claim may get at most: what is asked, as far as the passbook has it. */
const claims = (wanted: readonly Wanted[], day: Day) =>
  [...Map.groupBy(wanted, claimOf)].map(([id, [first, ...more]]) => {
    const { producer, entitled, left } = first as Wanted;
    const asked = Math.min(sumOf([first as Wanted, ...more].map((one) => one.asked)), Math.max(0, left));
    return { id, asked, weight: Math.max(1, entitled), order: turnOf(producer, day) };
  });

const shareOut = (wanted: readonly Wanted[], free: number, day: Day): Map<string, number> =>
  ration(free, claims(wanted, day));

/**
 * Whose turn it is when a last unit is left: the producers' numbers, shuffled anew each day, whatever was asked (Wellons' lowbias32, which
 * takes no two to one).
 */
const turnOf = (producer: ProducerId, day: Day): string => {
  let turn = Number(producer.slice(1)) + Math.imul(Number(day.replaceAll('-', '')), 0x9e3779b9);
  turn = Math.imul(turn ^ (turn >>> 16), 0x7feb352d);
  turn = Math.imul(turn ^ (turn >>> 15), 0x846ca68b);
  return String((turn ^ (turn >>> 16)) >>> 0).padStart(10, '0');
};

/** The materials of a run, by their shares. */
export const materialsIn = (allotted: readonly Allotment[], free: Free, day: Day): SharedMaterial[] =>
  [...Map.groupBy(allotted, ({ item }) => item)].map(([item, same]) => ({
    item,
    free: free.get(item) ?? 0,
    producers: claims(same, day).filter(({ asked }) => asked > 0).length,
    wanted: sumOf(claims(same, day).map(({ asked }) => asked)),
    taken: sumOf(same.map(({ share }) => share)),
  }));

/** What these requests want, line by line, with the passbooks they draw on. */
export const wantedBy = (
  requests: readonly MaterialRequest[],
  accountOf: (request: MaterialRequest, item: ItemId) => Pick<Account, 'entitled' | 'left'> | undefined,
): Wanted[] =>
  requests.flatMap((request) =>
    request.lines.map(({ item, asked }) => {
      const { entitled, left } = accountOf(request, item) ?? { entitled: 0, left: 0 };
      const { request: number, version, producer, season } = request;
      return { request: number, version, producer, season, item, asked, entitled, left };
    }),
  );

/** Lines after which a part of a record ends: with the 40 of one more request, well under the 400 KB of an item of DynamoDB. */
const PART_LINES = 400;

/** A record in parts that can be kept; a request's lines stay together. */
export const inParts = (record: readonly Allotment[]): Allotment[][] => {
  const parts: Allotment[][] = [];
  for (const lines of Map.groupBy(record, ({ request }) => request).values()) {
    const last = parts.at(-1);
    if (last && last.length < PART_LINES) last.push(...lines);
    else parts.push([...lines]);
  }
  return parts;
};

/** Whether a run's record comes out the same when it is reckoned again from what went in. For officers, and for tests. */
export const agrees = (run: AllocationRun, record: readonly Allotment[]): boolean => {
  const again = allot(record, new Map(run.materials.map(({ item, free }) => [item, free])), run.day);
  return record.every(({ share }, at) => share === again[at]?.share);
};

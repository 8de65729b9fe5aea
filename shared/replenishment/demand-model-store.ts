import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { StockLocationId } from '../kernel/ids.ts';
import { allPages, type PagePosition } from '../kernel/pages.ts';
import { addDays, Day } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { CONFLICT, RETRY, retry, UnavailableError } from '../platform/retry.ts';
import { concurrently } from '../platform/tasks.ts';
import { putIf } from '../platform/transact.ts';
import { CellSums, DemandModel, OutletSums } from './demand-model.ts';
import { outletScaleOf } from './demand-rate.ts';
import { SeasonalCalibration } from './seasonal-calibration.ts';

/** Days within which a late close updates the model. */
export const SNAPSHOT_DAYS = 35;
const EXPIRY_DAYS = SNAPSHOT_DAYS + 5;
const CONCURRENCY = 16;

/** Head of the current format. Older formats are ignored and rebuilt. */
const HEAD_KEY = { upTo: 'last', part: 'head' };
const SHARED_PART = 'all';
const KNOWN_CLOSES_PART = 'known';
const CompressedItem = z.object({ zipped: z.instanceof(Uint8Array) });
const KnownCloses = z.strictObject({ closedTo: Day, known: z.record(StockLocationId, z.int().min(1)) });
type KnownCloses = z.infer<typeof KnownCloses>;
const SharedSums = DemandModel.omit({ outlets: true, cells: true }).extend({ scale: z.number().min(0) });
const OutletPart = z.strictObject({ sums: OutletSums, products: z.array(CellSums) });
type OutletPart = z.infer<typeof OutletPart>;
const toOutletPart = (row: unknown): OutletPart => OutletPart.parse(decompress(row));

/** `closedTo`: last closable day; `known`: last included close per outlet. */
export type DemandModelHead = {
  readonly version: number;
  readonly day: Day;
  readonly closedTo: Day;
  readonly known: Readonly<Record<StockLocationId, number>>;
  readonly runs: Readonly<Record<Day, string>>;
};

const StoredHead = z.object({ version: z.int(), day: Day, runs: z.record(Day, z.string()) });

/** `scale` covers all outlets. */
export type OutletDemandModel = DemandModel & { readonly scale: number };

/** Compressed because ids repeat. */
const compress = (value: unknown) => ({ zipped: new Uint8Array(gzipSync(JSON.stringify(value))) });
const decompress = (item: unknown): unknown => JSON.parse(gunzipSync(CompressedItem.parse(item).zipped).toString());

const outletProductsOf = ({ sums: [outlet], products }: OutletPart) =>
  products.length > 0 ? [{ outlet, products }] : [];

const snapshotKey = (day: Day, run: string): string => `${day}#${run}`;

/** A partition takes 1,000 write units a second. */
const SHARD_COUNT = 16;
const shardKeys = (snapshot: string): string[] => Array.from({ length: SHARD_COUNT }, (_, n) => `${snapshot}#${n}`);
const shardKey = (snapshot: string, outlet: StockLocationId): string =>
  `${snapshot}#${[...outlet].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 65_521, 0) % SHARD_COUNT}`;

export type DemandModelStore = ReturnType<typeof demandModelStore>;

export const demandModelStore = (tables: Tables) => {
  const { client, name } = tables;
  const get = async (Key: { upTo: string; part: string }, ConsistentRead: boolean): Promise<unknown> =>
    (await client.send(new GetCommand({ TableName: name('Paces'), Key, ConsistentRead }))).Item;
  /** Thousands of writes run together, so throttled ones retry. */
  const put = (Item: Record<string, unknown>) =>
    retry(async () => {
      try {
        return await client.send(new PutCommand({ TableName: name('Paces'), Item }));
      } catch (error) {
        return error instanceof UnavailableError ? RETRY : Promise.reject(error);
      }
    });
  const headNow = async (consistent: boolean): Promise<z.infer<typeof StoredHead> | undefined> => {
    const item = await get(HEAD_KEY, consistent);
    return item === undefined ? undefined : StoredHead.parse(item);
  };
  const partOf = async (upTo: string, part: string): Promise<unknown> => {
    const item = await get({ upTo, part }, true);
    return item === undefined ? undefined : decompress(item);
  };

  return {
    /** Strongly consistent. */
    head: async (): Promise<DemandModelHead | undefined> => {
      const head = await headNow(true);
      const run = head?.runs[head.day];
      if (!head || run === undefined) return undefined;
      const known = await partOf(snapshotKey(head.day, run), KNOWN_CLOSES_PART);
      // All snapshots expired: rebuild from existing closes.
      if (known === undefined) return { ...head, closedTo: head.day, known: {}, runs: {} };
      return { ...head, ...KnownCloses.parse(known) };
    },

    snapshot: async (head: DemandModelHead, day: Day): Promise<DemandModel | undefined> => {
      const run = head.runs[day];
      if (run === undefined) return undefined;
      const snapshot = snapshotKey(day, run);
      const shared = await partOf(snapshot, SHARED_PART);
      if (shared === undefined) return undefined;
      const { scale: _, ...all } = SharedSums.parse(shared);
      const own: OutletPart[] = [];
      await concurrently(CONCURRENCY, shardKeys(snapshot), async (upTo) => {
        const pageKeys = { fixedKeys: { upTo }, positionKeys: ['part'] };
        const query = { ...partitionEquals('upTo', upTo), ConsistentRead: true };
        own.push(
          ...(await allPages((after) => queryPage(tables, 'Paces', { ...pageKeys, after }, query, toOutletPart))),
        );
      });
      own.sort(({ sums: [one] }, { sums: [other] }) => (one < other ? -1 : 1));
      return { ...all, outlets: own.map(({ sums }) => sums), cells: own.flatMap(outletProductsOf) };
    },

    /** Possibly slightly old. */
    of: async (outlet: StockLocationId): Promise<OutletDemandModel | undefined> => {
      const head = await headNow(false);
      const run = head?.runs[head.day];
      if (!head || run === undefined) return undefined;
      const snapshot = snapshotKey(head.day, run);
      const shared = await partOf(snapshot, SHARED_PART);
      if (shared === undefined) return undefined;
      const all = SharedSums.parse(shared);
      const stored = await partOf(shardKey(snapshot, outlet), outlet);
      const own = stored === undefined ? [] : [OutletPart.parse(stored)];
      return { ...all, outlets: own.map(({ sums }) => sums), cells: own.flatMap(outletProductsOf) };
    },

    /** `CONFLICT`: another run wrote meanwhile; nothing reads this snapshot. */
    keep: async (
      before: DemandModelHead | undefined,
      paces: DemandModel & { readonly day: Day },
      known: KnownCloses,
    ): Promise<DemandModelHead | typeof CONFLICT> => {
      const { cells, outlets, ...rest } = paces;
      const { day } = paces;
      const run = randomBytes(9).toString('base64url');
      const lapsesAt = Math.floor(Date.parse(addDays(day, EXPIRY_DAYS)) / 1_000);
      const upTo = snapshotKey(day, run);
      const productsOf = new Map(cells.map(({ outlet, products }) => [outlet, products]));
      await concurrently(CONCURRENCY, outlets, (sums) => {
        const own: OutletPart = { sums, products: productsOf.get(sums[0]) ?? [] };
        return put({ upTo: shardKey(upTo, sums[0]), part: sums[0], lapsesAt, ...compress(own) });
      });
      await put({ upTo, part: SHARED_PART, lapsesAt, ...compress({ ...rest, scale: outletScaleOf(outlets) }) });
      await put({ upTo, part: KNOWN_CLOSES_PART, lapsesAt, ...compress(known) });
      const from = addDays(day, -SNAPSHOT_DAYS);
      const shared = Object.entries(before?.runs ?? {}).filter(([other]) => from <= other && other < day);
      const head = { version: (before?.version ?? 0) + 1, day, runs: { ...Object.fromEntries(shared), [day]: run } };
      const write = new PutCommand({
        TableName: name('Paces'),
        Item: { ...HEAD_KEY, ...head },
        ConditionExpression: before ? 'version = :read' : 'attribute_not_exists(part)',
        ...(before && { ExpressionAttributeValues: { ':read': before.version } }),
      });
      try {
        await client.send(write);
      } catch (error) {
        if (isConditionalCheckFailed(error)) return CONFLICT;
        throw error;
      }
      return { ...head, ...known };
    },
  };
};

const CALIBRATIONS_KEY = 'festivals';

export type CalibrationStore = ReturnType<typeof calibrationStore>;

/** Past festivals, without expiry. */
export const calibrationStore = (tables: Tables) => ({
  all: (): Promise<SeasonalCalibration[]> =>
    allPages((after?: PagePosition) =>
      queryPage(
        tables,
        'Paces',
        { fixedKeys: { upTo: CALIBRATIONS_KEY }, positionKeys: ['part'], after },
        partitionEquals('upTo', CALIBRATIONS_KEY),
        ({ lesson }) => SeasonalCalibration.parse(lesson),
      ),
    ),

  /** `false`: another run wrote meanwhile. */
  teach: (lesson: SeasonalCalibration, before: SeasonalCalibration | undefined): Promise<boolean> =>
    putIf(tables, {
      TableName: tables.name('Paces'),
      Item: { upTo: CALIBRATIONS_KEY, part: lesson.festival, last: lesson.last, lesson },
      ConditionExpression: before ? '#last = :read' : 'attribute_not_exists(part)',
      ...(before && {
        ExpressionAttributeNames: { '#last': 'last' },
        ExpressionAttributeValues: { ':read': before.last },
      }),
    }),
});

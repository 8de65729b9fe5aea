import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LocationId } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import { addDays, Day } from '../kernel/time.ts';
import { Busy } from '../kernel/unavailable-error.ts';
import { atOnce } from '../platform/concurrently.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { AGAIN, STALE, untilAnswered } from '../platform/retry.ts';
import { OutletSums, Paces, ProductSums } from './demand-model.ts';
import { scaleOf } from './demand-rate.ts';

/** So many days back something late is still folded in; snapshots of before may go. */
export const KEPT_DAYS = 35;
const LAPSE_DAYS = KEPT_DAYS + 5;
const AT_ONCE = 16;

/** Snapshots of before had other parts, under another head: they are left, and their days folded again. */
const HEAD = { upTo: 'last', part: 'head' };
/** The parts of a snapshot: what all outlets share, and the closes that are in it; and one an outlet, under its name. */
const ALL = 'all';
const KNOWN = 'known';
const Zipped = z.object({ zipped: z.instanceof(Uint8Array) });
const Known = z.strictObject({ closedTo: Day, known: z.record(LocationId, z.int().min(1)) });
type Known = z.infer<typeof Known>;
const All = Paces.omit({ outlets: true, cells: true }).extend({ scale: z.number().min(0) });
const OutletPart = z.strictObject({ sums: OutletSums, products: z.array(ProductSums) });
type OutletPart = z.infer<typeof OutletPart>;
const toOutletPart = (row: unknown): OutletPart => OutletPart.parse(unzip(row));

/**
 * How far demand was folded. `known`: the last close of each outlet that is in it, when `closedTo` was the last day that any could have; `runs`: which snapshot of
 * each day stands.
 */
export type PacesHead = {
  readonly version: number;
  readonly day: Day;
  readonly closedTo: Day;
  readonly known: Readonly<Record<LocationId, number>>;
  readonly runs: Readonly<Record<Day, string>>;
};

const Head = z.object({ version: z.int(), day: Day, runs: z.record(Day, z.string()) });

/** What one outlet needs: its own part of them, and what scales it to the others. */
export type OutletPaces = Paces & { readonly scale: number };

/** Names of shelves and products come again and again. */
const zip = (value: unknown) => ({ zipped: new Uint8Array(gzipSync(JSON.stringify(value))) });
const unzip = (item: unknown): unknown => JSON.parse(gunzipSync(Zipped.parse(item).zipped).toString());

/** Before anything was learned of its shelves, an outlet has none. */
const cellsOf = ({ sums: [outlet], products }: OutletPart) => (products.length > 0 ? [{ outlet, products }] : []);

const snapshotOf = (day: Day, run: string): string => `${day}#${run}`;

/** A partition takes 1,000 units a second: the outlets of a day are over several. */
const SHARDS = 16;
const shardsOf = (snapshot: string): string[] => Array.from({ length: SHARDS }, (_, n) => `${snapshot}#${n}`);
const shardOf = (snapshot: string, outlet: LocationId): string =>
  `${snapshot}#${[...outlet].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 65_521, 0) % SHARDS}`;

export type PacesStore = ReturnType<typeof pacesStore>;

export const pacesStore = (tables: Tables) => {
  const { client, name } = tables;
  const get = async (Key: { upTo: string; part: string }, ConsistentRead: boolean): Promise<unknown> =>
    (await client.send(new GetCommand({ TableName: name('Paces'), Key, ConsistentRead }))).Item;
  /** Thousands are put at once: what the table is too busy for now is put a moment later. */
  const put = (Item: Record<string, unknown>) =>
    untilAnswered(async () => {
      try {
        return await client.send(new PutCommand({ TableName: name('Paces'), Item }));
      } catch (error) {
        return error instanceof Busy ? AGAIN : Promise.reject(error);
      }
    });
  const headNow = async (surely: boolean): Promise<z.infer<typeof Head> | undefined> => {
    const item = await get(HEAD, surely);
    return item === undefined ? undefined : Head.parse(item);
  };
  const partOf = async (upTo: string, part: string): Promise<unknown> => {
    const item = await get({ upTo, part }, true);
    return item === undefined ? undefined : unzip(item);
  };

  return {
    /** How far it was folded, as it surely stands. */
    head: async (): Promise<PacesHead | undefined> => {
      const head = await headNow(true);
      const run = head?.runs[head.day];
      if (!head || run === undefined) return undefined;
      const known = await partOf(snapshotOf(head.day, run), KNOWN);
      // Nobody folded for so long that all of it lapsed: what closes there are is folded anew.
      if (known === undefined) return { ...head, closedTo: head.day, known: {}, runs: {} };
      return { ...head, ...Known.parse(known) };
    },

    /** What was known at the end of a day, if that is kept still. */
    snapshot: async (head: PacesHead, day: Day): Promise<Paces | undefined> => {
      const run = head.runs[day];
      if (run === undefined) return undefined;
      const snapshot = snapshotOf(day, run);
      const kept = await partOf(snapshot, ALL);
      if (kept === undefined) return undefined;
      const { scale: _, ...all } = All.parse(kept);
      const own: OutletPart[] = [];
      await atOnce(AT_ONCE, shardsOf(snapshot), async (upTo) => {
        const walk = { fixed: { upTo }, moving: ['part'] };
        const query = { ...within('upTo', upTo), ConsistentRead: true };
        own.push(...(await everything((after) => queryPage(tables, 'Paces', { ...walk, after }, query, toOutletPart))));
      });
      own.sort(({ sums: [one] }, { sums: [other] }) => (one < other ? -1 : 1));
      return { ...all, outlets: own.map(({ sums }) => sums), cells: own.flatMap(cellsOf) };
    },

    /** The last of them, as far as one outlet needs it. It may be a moment old. What is read grows with what sells there, not with how many outlets there are. */
    of: async (outlet: LocationId): Promise<OutletPaces | undefined> => {
      const head = await headNow(false);
      const run = head?.runs[head.day];
      if (!head || run === undefined) return undefined;
      const snapshot = snapshotOf(head.day, run);
      const kept = await partOf(snapshot, ALL);
      if (kept === undefined) return undefined;
      const all = All.parse(kept);
      const said = await partOf(shardOf(snapshot, outlet), outlet);
      const own = said === undefined ? [] : [OutletPart.parse(said)];
      return { ...all, outlets: own.map(({ sums }) => sums), cells: own.flatMap(cellsOf) };
    },

    /**
     * A day's snapshot, in parts of its own run, and then that it stands, with those of before it and none of after. `STALE`: another folded meanwhile, and this
     * one is never read.
     */
    keep: async (
      before: PacesHead | undefined,
      paces: Paces & { readonly day: Day },
      known: Known,
    ): Promise<PacesHead | typeof STALE> => {
      const { cells, outlets, ...rest } = paces;
      const { day } = paces;
      const run = randomBytes(9).toString('base64url');
      const lapsesAt = Math.floor(Date.parse(addDays(day, LAPSE_DAYS)) / 1_000);
      const upTo = snapshotOf(day, run);
      const productsOf = new Map(cells.map(({ outlet, products }) => [outlet, products]));
      await atOnce(AT_ONCE, outlets, (sums) => {
        const own: OutletPart = { sums, products: productsOf.get(sums[0]) ?? [] };
        return put({ upTo: shardOf(upTo, sums[0]), part: sums[0], lapsesAt, ...zip(own) });
      });
      await put({ upTo, part: ALL, lapsesAt, ...zip({ ...rest, scale: scaleOf(outlets) }) });
      await put({ upTo, part: KNOWN, lapsesAt, ...zip(known) });
      const from = addDays(day, -KEPT_DAYS);
      const kept = Object.entries(before?.runs ?? {}).filter(([other]) => from <= other && other < day);
      const head = { version: (before?.version ?? 0) + 1, day, runs: { ...Object.fromEntries(kept), [day]: run } };
      const write = new PutCommand({
        TableName: name('Paces'),
        Item: { ...HEAD, ...head },
        ConditionExpression: before ? 'version = :read' : 'attribute_not_exists(part)',
        ...(before && { ExpressionAttributeValues: { ':read': before.version } }),
      });
      try {
        await client.send(write);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return STALE;
        throw error;
      }
      return { ...head, ...known };
    },
  };
};

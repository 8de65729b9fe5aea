import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LocationId } from '../domain/ids.ts';
import { everything } from '../domain/pages.ts';
import { OutletCells, Paces } from '../domain/restock/paces.ts';
import { addDays, Day } from '../domain/time.ts';
import { atOnce } from './at-once.ts';
import type { Tables } from './client.ts';
import { STALE } from './effects.ts';
import { queryPage, within } from './page.ts';

/** So many days back something late is still folded in; snapshots of before may go. */
export const KEPT_DAYS = 35;
const LAPSE_DAYS = KEPT_DAYS + 5;
const AT_ONCE = 16;

const HEAD = { upTo: 'head', part: 'head' };
const ALL = 'all';
const Zipped = z.object({ zipped: z.instanceof(Uint8Array) });
const Known = z.record(LocationId, z.int().min(1));

/** How far demand was folded. `known`: the last close of each outlet that is in it; `runs`: which snapshot of each day stands. */
export type PacesHead = {
  readonly version: number;
  readonly day: Day;
  readonly known: Readonly<Record<LocationId, number>>;
  readonly runs: Readonly<Record<Day, string>>;
};
const Head = Zipped.extend({ version: z.int(), day: Day, runs: z.record(Day, z.string()) });

/** Names of shelves and products come again and again. */
const zip = (value: unknown) => ({ zipped: new Uint8Array(gzipSync(JSON.stringify(value))) });
const unzip = (item: unknown): unknown => JSON.parse(gunzipSync(Zipped.parse(item).zipped).toString());

const snapshotOf = (day: Day, run: string): string => `${day}#${run}`;

export type PacesStore = ReturnType<typeof pacesStore>;

export const pacesStore = (tables: Tables) => {
  const { client, name } = tables;
  const get = async (Key: { upTo: string; part: string }, ConsistentRead: boolean): Promise<unknown> =>
    (await client.send(new GetCommand({ TableName: name('Paces'), Key, ConsistentRead }))).Item;
  const put = (Item: Record<string, unknown>) => client.send(new PutCommand({ TableName: name('Paces'), Item }));
  const headOf = (item: unknown): PacesHead | undefined => {
    if (item === undefined) return undefined;
    const { version, day, runs } = Head.parse(item);
    return { version, day, runs, known: Known.parse(unzip(item)) };
  };
  const allOf = async (day: Day, run: string, surely: boolean): Promise<Paces> => {
    const item = await get({ upTo: snapshotOf(day, run), part: ALL }, surely);
    return Paces.parse(unzip(item));
  };

  return {
    /** How far it was folded, as it surely stands. */
    head: async (): Promise<PacesHead | undefined> => headOf(await get(HEAD, true)),

    /** What was known at the end of a day, if that is kept still. */
    snapshot: async (head: PacesHead, day: Day): Promise<Paces | undefined> => {
      const run = head.runs[day];
      if (run === undefined) return undefined;
      const upTo = snapshotOf(day, run);
      const walk = { fixed: { upTo }, moving: ['part'] };
      const query = { ...within('upTo', upTo), ConsistentRead: true };
      const rows = await everything((after) => queryPage(tables, 'Paces', { ...walk, after }, query, (row) => row));
      const all = await allOf(day, run, true);
      const cells = rows.filter(({ part }) => part !== ALL).map((row) => OutletCells.parse(unzip(row)));
      return { ...all, cells };
    },

    /** The last of them, as far as one outlet needs it. It may be a moment old. */
    of: async (outlet: LocationId): Promise<Paces | undefined> => {
      const head = headOf(await get(HEAD, false));
      const run = head?.runs[head.day];
      if (!head || run === undefined) return undefined;
      const cells = await get({ upTo: snapshotOf(head.day, run), part: outlet }, true);
      return { ...(await allOf(head.day, run, true)), cells: cells ? [OutletCells.parse(unzip(cells))] : [] };
    },

    /**
     * A day's snapshot, in parts of its own run, and then that it stands, with those of before it and none of after. `STALE`: another folded meanwhile, and this
     * one is never read.
     */
    keep: async (
      before: PacesHead | undefined,
      paces: Paces & { readonly day: Day },
      known: PacesHead['known'],
    ): Promise<PacesHead | typeof STALE> => {
      const { cells, ...rest } = paces;
      const { day } = paces;
      const run = randomBytes(9).toString('base64url');
      const lapsesAt = Math.floor(Date.parse(addDays(day, LAPSE_DAYS)) / 1_000);
      const upTo = snapshotOf(day, run);
      await atOnce(AT_ONCE, cells, (one) => put({ upTo, part: one.outlet, lapsesAt, ...zip(one) }));
      await put({ upTo, part: ALL, lapsesAt, ...zip({ ...rest, cells: [] }) });
      const from = addDays(day, -KEPT_DAYS);
      const kept = Object.entries(before?.runs ?? {}).filter(([other]) => from <= other && other < day);
      const head = { version: (before?.version ?? 0) + 1, day, runs: { ...Object.fromEntries(kept), [day]: run } };
      const write = new PutCommand({
        TableName: name('Paces'),
        Item: { ...HEAD, ...head, ...zip(known) },
        ConditionExpression: before ? 'version = :read' : 'attribute_not_exists(part)',
        ...(before && { ExpressionAttributeValues: { ':read': before.version } }),
      });
      try {
        await client.send(write);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return STALE;
        throw error;
      }
      return { ...head, known };
    },
  };
};

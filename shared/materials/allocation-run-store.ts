import { randomBytes } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LocationId } from '../kernel/ids.ts';
import type { Page, Position } from '../kernel/pages.ts';
import { type Day, millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { isRefused, itemIn } from '../platform/dynamodb-errors.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { STALE } from '../platform/retry.ts';
import { type Actions, transact } from '../platform/transact.ts';
import { changeRow } from '../stock/stock-change-store.ts';
import { AllocationRun, Allotment, inParts } from './allocation.ts';

/** A run as it is kept: its head, and beside it its record in parts. `attempt`: whose record of several it is. */
const Head = AllocationRun.extend({ attempt: z.string(), parts: z.int() });
export type RunHead = z.infer<typeof Head>;

const runKey = (depot: LocationId, day: Day): string => `run#${depot}#${day}`;
const partKey = (attempt: string, part: number): string => `record#${attempt}#${String(part).padStart(4, '0')}`;
const HEAD = 'head';

/** A record whose run was never made goes by itself, after so many days. */
const UNUSED_DAYS = 90;

export type RunStore = ReturnType<typeof runStore>;

export const runStore = (tables: Tables) => {
  const { client, name } = tables;

  const find = async (depot: LocationId, day: Day): Promise<RunHead | undefined> => {
    const Key = { request: runKey(depot, day), part: HEAD };
    const { Item } = await client.send(new GetCommand({ TableName: name('Requests'), Key, ConsistentRead: true }));
    return Item && toHead(Item);
  };

  const unfinished = (depot: LocationId, after?: Position): Promise<Page<RunHead>> => {
    const openAt = openRuns(depot);
    const walk = { fixed: { openAt }, moving: ['queue', 'request', 'part'], after };
    return queryPage(tables, 'Requests', walk, { ...within('openAt', openAt), IndexName: 'openAt' }, toHead);
  };

  return {
    find,

    /** Whether a depot's run has begun and not ended: today's surely, an earlier one as far as its index has come. */
    isUnderWay: async (depot: LocationId, day: Day): Promise<boolean> =>
      (await find(depot, day))?.state === 'running' || (await unfinished(depot)).rows.length > 0,

    /** Runs of a depot that were begun and not finished, the oldest first. */
    unfinished,

    /**
     * Begins a run: its record first, then in one transaction its head and all that it takes from the stock. Of two at once one begins, and
     * both are told of that one. `STALE`: less is free than was reckoned with.
     */
    begin: async (run: AllocationRun, record: readonly Allotment[]): Promise<RunHead | typeof STALE> => {
      const { depot, day, materials } = run;
      const parts = inParts(record);
      const head = { ...run, attempt: randomBytes(9).toString('base64url'), parts: parts.length };
      const lapsesAt = Math.floor(millisecondsOf(run.startedAt) / 1_000) + UNUSED_DAYS * 86_400;
      for (const [part, lines] of parts.entries()) {
        const Item = { request: runKey(depot, day), part: partKey(head.attempt, part), lines, lapsesAt };
        await client.send(new PutCommand({ TableName: name('Requests'), Item }));
      }
      const actions: Actions = [
        {
          Put: {
            TableName: name('Requests'),
            Item: { ...head, request: runKey(depot, day), part: HEAD, openAt: openRuns(depot), queue: day },
            ConditionExpression: 'attribute_not_exists(part)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        ...materials
          .filter(({ taken }) => taken > 0)
          .map(({ item, taken }) => ({
            Update: changeRow(name('Stock'), depot, { item, onHand: 0, free: -taken, requires: { free: taken } }),
          })),
      ];
      // Another's run, or our own, whose answer was lost.
      return transact<RunHead | typeof STALE>(client, actions, head, ([first]) =>
        isRefused(first) ? toHead(itemIn(first)) : STALE,
      );
    },

    /** A part of a run's record. */
    record: async ({ depot, day, attempt }: RunHead, part: number): Promise<Allotment[]> => {
      const Key = { request: runKey(depot, day), part: partKey(attempt, part) };
      const { Item } = await client.send(new GetCommand({ TableName: name('Requests'), Key, ConsistentRead: true }));
      return Record.parse(Item).lines;
    },

    /** A part of the record with what everyone was given: whoever writes it, it says the same. From now on it is kept for good. */
    settle: async ({ depot, day, attempt }: RunHead, part: number, lines: readonly Allotment[]): Promise<void> => {
      const Item = { request: runKey(depot, day), part: partKey(attempt, part), lines };
      await client.send(new PutCommand({ TableName: name('Requests'), Item }));
    },

    /** Ends a run, once: what nobody was given is free again in the same transaction. */
    finish: async (head: RunHead, done: AllocationRun): Promise<void> => {
      const { depot, day } = head;
      const actions: Actions = [
        {
          Update: {
            TableName: name('Requests'),
            Key: { request: runKey(depot, day), part: HEAD },
            UpdateExpression: 'SET #state = :done, doneAt = :at, materials = :materials REMOVE openAt, #queue',
            ConditionExpression: '#state = :running',
            ExpressionAttributeNames: { '#state': 'state', '#queue': 'queue' },
            ExpressionAttributeValues: {
              ':done': 'done',
              ':running': 'running',
              ':at': done.doneAt,
              ':materials': done.materials,
            },
          },
        },
        ...done.materials.flatMap(({ item, returned = 0 }) =>
          returned > 0
            ? [{ Update: changeRow(name('Stock'), depot, { item, onHand: 0, free: returned, requires: 'nothing' }) }]
            : [],
        ),
      ];
      // It is done already: by another, or by ourselves.
      await transact(client, actions, 'done', ([first]) => (isRefused(first) ? 'done' : undefined));
    },
  };
};

/** Beside the depot's queue, so that no request is ever taken for a run. */
const openRuns = (depot: LocationId): string => `runs#${depot}`;

const Record = z.object({ lines: z.array(Allotment) });

const toHead = (item: unknown): RunHead => Head.strip().parse(item);

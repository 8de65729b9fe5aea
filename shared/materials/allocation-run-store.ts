import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { type Day, millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand } from '../platform/dynamodb-commands.ts';
import { conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { CONFLICT } from '../platform/retry.ts';
import { type TransactActions, transact } from '../platform/transact.ts';
import { stockRowUpdate } from '../stock/stock-change-store.ts';
import { AllocationRun, Allotment, returnedStockOf, splitIntoParts, takenStockOf } from './allocation.ts';

/** The record is stored in parts beside it; `attempt` names the winner's parts. */
const StoredRunHead = AllocationRun.extend({ attempt: z.string(), parts: z.int() });
export type AllocationRunHead = z.infer<typeof StoredRunHead>;

const runKey = (depot: StockLocationId, day: Day): string => `run#${depot}#${day}`;
const partKey = (attempt: string, part: number): string => `record#${attempt}#${String(part).padStart(4, '0')}`;
const HEAD_PART = 'head';

/** DynamoDB deletes a record whose run never began. */
const UNUSED_RECORD_DAYS = 90;

export type AllocationRunStore = ReturnType<typeof allocationRunStore>;

export const allocationRunStore = (tables: Tables) => {
  const { client, name } = tables;

  const find = async (depot: StockLocationId, day: Day): Promise<AllocationRunHead | undefined> => {
    const Key = { request: runKey(depot, day), part: HEAD_PART };
    const { Item } = await client.send(new GetCommand({ TableName: name('Requests'), Key, ConsistentRead: true }));
    return Item && toRunHead(Item);
  };

  const unfinished = (depot: StockLocationId, after?: PagePosition): Promise<Page<AllocationRunHead>> => {
    const openAt = openRunsKey(depot);
    const pageKeys = { fixedKeys: { openAt }, positionKeys: ['queue', 'request', 'part'], after };
    return queryPage(
      tables,
      'Requests',
      pageKeys,
      { ...partitionEquals('openAt', openAt), IndexName: 'openAt' },
      toRunHead,
    );
  };

  return {
    find,

    /** An earlier day's run is eventually consistent. */
    isUnderWay: async (depot: StockLocationId, day: Day): Promise<boolean> =>
      (await find(depot, day))?.state === 'running' || (await unfinished(depot)).rows.length > 0,

    /** Oldest first. */
    unfinished,

    /**
     * Stores the record, then in one transaction the head and the stock taken. Of two at once, both
     * get the winner's head. `CONFLICT`: less stock is free than assumed.
     */
    begin: async (run: AllocationRun, record: readonly Allotment[]): Promise<AllocationRunHead | typeof CONFLICT> => {
      const { depot, day } = run;
      const parts = splitIntoParts(record);
      const head = { ...run, attempt: randomBytes(9).toString('base64url'), parts: parts.length };
      const lapsesAt = Math.floor(millisecondsOf(run.startedAt) / 1_000) + UNUSED_RECORD_DAYS * 86_400;
      for (const [part, lines] of parts.entries()) {
        const Item = { request: runKey(depot, day), part: partKey(head.attempt, part), lines, lapsesAt };
        await client.send(new PutCommand({ TableName: name('Requests'), Item }));
      }
      const actions: TransactActions = [
        {
          Put: {
            TableName: name('Requests'),
            Item: { ...head, request: runKey(depot, day), part: HEAD_PART, openAt: openRunsKey(depot), queue: day },
            ConditionExpression: 'attribute_not_exists(part)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        ...takenStockOf(run.materials).map((change) => ({ Update: stockRowUpdate(name('Stock'), depot, change) })),
      ];
      // Another attempt won, or our own answer was lost.
      return transact<AllocationRunHead | typeof CONFLICT>(client, actions, head, ([first]) =>
        isConditionFailed(first) ? toRunHead(conflictingItemOf(first)) : CONFLICT,
      );
    },

    record: async ({ depot, day, attempt }: AllocationRunHead, part: number): Promise<Allotment[]> => {
      const Key = { request: runKey(depot, day), part: partKey(attempt, part) };
      const { Item } = await client.send(new GetCommand({ TableName: name('Requests'), Key, ConsistentRead: true }));
      return StoredRecordPart.parse(Item).lines;
    },

    /** Safe to repeat. A settled part has no expiry. */
    settle: async (
      { depot, day, attempt }: AllocationRunHead,
      part: number,
      lines: readonly Allotment[],
    ): Promise<void> => {
      const Item = { request: runKey(depot, day), part: partKey(attempt, part), lines };
      await client.send(new PutCommand({ TableName: name('Requests'), Item }));
    },

    /** Once; unassigned stock becomes free in the same transaction. */
    finish: async (head: AllocationRunHead, finished: AllocationRun): Promise<void> => {
      const { depot, day } = head;
      const actions: TransactActions = [
        {
          Update: {
            TableName: name('Requests'),
            Key: { request: runKey(depot, day), part: HEAD_PART },
            UpdateExpression: 'SET #state = :done, doneAt = :at, materials = :materials REMOVE openAt, #queue',
            ConditionExpression: '#state = :running',
            ExpressionAttributeNames: { '#state': 'state', '#queue': 'queue' },
            ExpressionAttributeValues: {
              ':done': 'done',
              ':running': 'running',
              ':at': finished.doneAt,
              ':materials': finished.materials,
            },
          },
        },
        ...returnedStockOf(finished.materials).map((change) => ({
          Update: stockRowUpdate(name('Stock'), depot, change),
        })),
      ];
      // Another worker, or this one before a lost answer, ended it.
      await transact(client, actions, 'done', ([first]) => (isConditionFailed(first) ? 'done' : undefined));
    },
  };
};

/** Its own key, so that the depot's queue never lists a run. */
const openRunsKey = (depot: StockLocationId): string => `runs#${depot}`;

const StoredRecordPart = z.object({ lines: z.array(Allotment) });

const toRunHead = (item: unknown): AllocationRunHead => StoredRunHead.strip().parse(item);

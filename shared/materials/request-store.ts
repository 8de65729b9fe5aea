import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ProducerId, StockLocationId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { decodeItem } from '../platform/dynamodb-values.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import type { CONFLICT } from '../platform/retry.ts';
import { transact } from '../platform/transact.ts';
import { stockEffects } from '../stock/stock-change-store.ts';
import { conflictIfRefused, refusalOfTransaction, type TransactionEffect } from '../stock/transaction-effect-store.ts';
import { PendingConfirmation } from './confirmation.ts';
import { confirmationCountUpdate } from './confirmation-store.ts';
import type { MaterialRequest, QueuePart, RequestClaim } from './material-request.ts';
import { accountUpdate, overdraftOf } from './passbook-store.ts';
import { REQUEST_PART, requestItem, requestUpdate, toRequest } from './request-item.ts';
import {
  type RequestSubmissionResult,
  repeatOrConflict,
  requestHashOf,
  type StoredSubmission,
} from './request-repeat.ts';
import type { RequestEffects } from './request-transitions.ts';

export type RequestStore = ReturnType<typeof requestStore>;

export const requestStore = (tables: Tables) => {
  const { client, name } = tables;

  const read = async (request: VoucherNumber): Promise<Record<string, unknown> | undefined> => {
    const Key = { request, part: REQUEST_PART };
    return (await client.send(new GetCommand({ TableName: name('Requests'), Key, ConsistentRead: true }))).Item;
  };

  const find = async (request: VoucherNumber): Promise<MaterialRequest | undefined> => {
    const item = await read(request);
    return item && toRequest(item);
  };

  const several = async (numbers: readonly VoucherNumber[]): Promise<ReadonlyMap<VoucherNumber, MaterialRequest>> => {
    const keys = numbers.map((request) => ({ request, part: REQUEST_PART }));
    const requests = (await batchGet(tables, 'Requests', keys, true)).map(toRequest);
    return new Map(requests.map((request) => [request.request, request]));
  };

  return {
    find,

    /** With its open code. */
    findWithCode: async (request: VoucherNumber) => {
      const item = await read(request);
      return (
        item && { request: toRequest(item), confirmation: PendingConfirmation.optional().parse(item.confirmation) }
      );
    },

    several,

    findSubmission: async (request: VoucherNumber): Promise<StoredSubmission | undefined> => {
      const item = await read(request);
      return item && toSubmission(item);
    },

    /** Once per number. The same claim is a repeat, another a conflict. */
    submit: async (request: MaterialRequest, claim: RequestClaim): Promise<RequestSubmissionResult | Refusal> => {
      const { producer } = request;
      const claimHash = requestHashOf({ producer, claim });
      const recordedBy = randomBytes(9).toString('base64url');
      const put = new PutCommand({
        TableName: name('Requests'),
        Item: requestItem(request, claimHash, recordedBy),
        ConditionExpression: 'attribute_not_exists(part)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(put);
        return { did: 'recorded', request };
      } catch (error) {
        if (!isConditionalCheckFailed(error) || !error.Item) throw error;
        return repeatOrConflict(toSubmission(decodeItem(error.Item)), { producer, claim, recordedBy });
      }
    },

    /** In one transaction. `CONFLICT`: the request or its stock changed first. */
    change: (effects: RequestEffects): Promise<MaterialRequest | typeof CONFLICT | Refusal> => {
      const { request } = effects;
      const actions = [
        ...stockEffects(tables.name('Stock'), request.depot, effects.stock),
        ...requestEffects(tables, effects),
      ];
      const write = actions.map(({ action }) => action);
      return transact<MaterialRequest | typeof CONFLICT | Refusal>(client, write, request, async (reasons) => {
        // Our own write succeeded and its answer was lost.
        if (toCanonicalJson(await find(request.request)) === toCanonicalJson(request)) return request;
        return refusalOfTransaction(reasons, actions);
      });
    },

    /** Newest first. Eventually consistent: a request of the last second may be missing. */
    ofProducer: async (producer: ProducerId, after?: PagePosition): Promise<Page<MaterialRequest>> => {
      const walk = { fixedKeys: { producer }, positionKeys: ['submittedAt', 'request', 'part'], after };
      const query = { ...partitionEquals('producer', producer), IndexName: 'byProducer', ScanIndexForward: false };
      const { rows, next } = await queryPage(tables, 'Requests', walk, query, ({ request }) =>
        VoucherNumber.parse(request),
      );
      const found = await several(rows);
      return { rows: rows.flatMap((number) => found.get(number) ?? []), next };
    },

    /** Oldest first. A part is filtered: it costs the reads of the whole queue. */
    queue: (depot: StockLocationId, after?: PagePosition, part?: QueuePart): Promise<Page<MaterialRequest>> => {
      const pageKeys = { fixedKeys: { openAt: depot }, positionKeys: ['queue', 'request', 'part'], after };
      const query = {
        IndexName: 'openAt',
        KeyConditionExpression: 'openAt = :depot',
        ...(part && { FilterExpression: 'queuePart = :part' }),
        ExpressionAttributeValues: { ':depot': depot, ...(part && { ':part': part }) },
      };
      return queryPage(tables, 'Requests', pageKeys, query, toRequest);
    },
  };
};

const toSubmission = (item: Record<string, unknown>): StoredSubmission => ({
  ...StoredIdentity.parse(item),
  request: toRequest(item),
});

const StoredIdentity = z.object({ claimHash: z.instanceof(Uint8Array), recordedBy: z.string() });

/** Everything but stock. */
export const requestEffects = (
  { name }: Pick<Tables, 'name'>,
  { request, accounts = [], code, confirmation }: Partial<Omit<RequestEffects, 'stock'>>,
): TransactionEffect[] => [
  ...(confirmation ? [conflictIfRefused({ Update: confirmationCountUpdate(name('Requests'), confirmation) })] : []),
  ...(request
    ? [
        conflictIfRefused({ Update: requestUpdate(name('Requests'), request, code) }),
        ...accounts.map(
          (change): TransactionEffect => ({
            action: { Update: accountUpdate(name('Passbook'), request, change) },
            why: (reason) => (isConditionFailed(reason) ? { over: overdraftOf(reason, change) } : undefined),
          }),
        ),
      ]
    : []),
];

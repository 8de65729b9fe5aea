import * as z from 'zod';
import type { StockLocationId } from '../kernel/ids.ts';
import { type Day, dayOf, type Instant } from '../kernel/time.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { conflictingItemOf, isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { CONFLICT } from '../platform/retry.ts';
import {
  type ConfirmationCount,
  type ConfirmationCountChange,
  type ConfirmationMonth,
  PendingConfirmation,
} from './confirmation.ts';
import type { MaterialRequest } from './material-request.ts';
import { REQUEST_PART } from './request-item.ts';

const keyIn = (depot: StockLocationId, month: string) => ({ request: `${depot}#${month}`, part: 'confirmations' });
const keyOf = (depot: StockLocationId, day: Day) => keyIn(depot, day.slice(0, 7));
const count = z.int().default(0);
const StoredConfirmationCount = z.object({ confirmed: count, byIssuer: count });
const StoredMonth = StoredConfirmationCount.extend({ request: z.string(), code: count, card: count, signature: count });

/** 2 units. Conditional only if the decision depends on the counts. */
export const confirmationCountUpdate = (
  TableName: string,
  { depot, at, proof, byIssuer, expected }: ConfirmationCountChange,
) => ({
  TableName,
  Key: keyOf(depot, dayOf(at)),
  UpdateExpression: 'ADD confirmed :one, #proof :one, byIssuer :issuer',
  ExpressionAttributeNames: { '#proof': proof },
  ...(expected && {
    ConditionExpression:
      expected.confirmed === 0 ? 'attribute_not_exists(confirmed)' : 'confirmed = :confirmed AND byIssuer = :before',
  }),
  ExpressionAttributeValues: {
    ':one': 1,
    ':issuer': byIssuer ? 1 : 0,
    ...(expected && expected.confirmed > 0 && { ':confirmed': expected.confirmed, ':before': expected.byIssuer }),
  },
});

export type ConfirmationCounts = ReturnType<typeof confirmationCountStore>;

/** By month. */
export const confirmationCountStore = ({ client, name }: Tables) => ({
  of: async (depot: StockLocationId, now: Instant): Promise<ConfirmationCount> => {
    const get = { TableName: name('Requests'), Key: keyOf(depot, dayOf(now)), ConsistentRead: true };
    return StoredConfirmationCount.parse((await client.send(new GetCommand(get))).Item ?? {});
  },

  /** Earliest first. */
  months: async (depot: StockLocationId, months: readonly string[]): Promise<ConfirmationMonth[]> => {
    const keys = months.map((month) => keyIn(depot, month));
    const found = (await batchGet({ client, name }, 'Requests', keys, true)).map((item) => StoredMonth.parse(item));
    return found
      .map(({ request, confirmed, byIssuer, code: byCode, card: byCard, signature: bySignature }) => ({
        month: request.slice(-7),
        confirmed,
        byCode,
        byCard,
        bySignature,
        byIssuer,
      }))
      .toSorted((one, other) => (one.month < other.month ? -1 : 1));
  },
});

export type CodeStore = ReturnType<typeof confirmationCodeStore>;

/** Stored beside each issued request. */
export const confirmationCodeStore = ({ client, name }: Tables) => ({
  /**
   * Returns the code after the try. `undefined`: no tries or no code. `CONFLICT`: the request
   * changed. A lost answer may cost a second try, so that no guess is free. 1 unit, and 1 for the
   * index.
   */
  takeTry: async ({ request, version }: Pick<MaterialRequest, 'request' | 'version'>) => {
    const update = new UpdateCommand({
      TableName: name('Requests'),
      Key: { request, part: REQUEST_PART },
      UpdateExpression: 'SET confirmation.triesLeft = confirmation.triesLeft - :one',
      ConditionExpression: 'version = :version AND confirmation.triesLeft > :none',
      ExpressionAttributeValues: { ':one': 1, ':none': 0, ':version': version },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      const { Attributes } = await client.send(update);
      return PendingConfirmation.parse(Attributes?.confirmation);
    } catch (error) {
      if (!isConditionalCheckFailed(error)) throw error;
      return conflictingItemOf(error)?.version === version ? undefined : CONFLICT;
    }
  },
});

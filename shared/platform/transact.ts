import { randomBytes } from 'node:crypto';
import type { DynamoDbClient, Tables } from './dynamodb-client.ts';
import {
  PutCommand,
  type PutCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from './dynamodb-commands.ts';
import {
  type CancellationReason,
  cancellationReasonsOf,
  conflictingItemOf,
  isConditionalCheckFailed,
  isConditionFailed,
  isTransient,
} from './dynamodb-errors.ts';
import { RETRY, retry, UnavailableError } from './retry.ts';

export type TransactActions = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** `undefined`: unexpected, so the error is thrown. */
export type OnCancelled<Answer> = (
  reasons: readonly CancellationReason[],
) => Promise<Answer | undefined> | Answer | undefined;

/**
 * A conflict with another transaction says nothing about the conditions, so the write is retried.
 * After a timeout the outcome is unknown. Retrying is safe: if the first try committed, its own
 * item fails the condition.
 */
export const transact = <Answer>(
  client: DynamoDbClient,
  TransactItems: TransactActions,
  done: Answer,
  refused: OnCancelled<Answer>,
): Promise<Answer> => {
  const write = new TransactWriteCommand({ TransactItems });
  return retry(async () => {
    try {
      await client.send(write);
      return done;
    } catch (error) {
      const reasons = cancellationReasonsOf(error);
      if (!reasons) return error instanceof UnavailableError ? RETRY : Promise.reject(error);
      if (reasons.some(isTransient)) return RETRY;
      return (await refused(reasons)) ?? Promise.reject(error);
    }
  });
};

type ConditionalPut = PutCommandInput & { readonly ConditionExpression: string };

/**
 * True if this call wrote the item. After a lost answer, `writtenBy` tells our own item from
 * another.
 */
export const putIf = ({ client }: Pick<Tables, 'client'>, put: ConditionalPut): Promise<boolean> => {
  const writtenBy = randomBytes(9).toString('base64url');
  const command = new PutCommand({
    ...put,
    Item: { ...put.Item, writtenBy },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return retry(async () => {
    try {
      await client.send(command);
      return true;
    } catch (error) {
      if (error instanceof UnavailableError) return RETRY;
      if (isConditionalCheckFailed(error)) return conflictingItemOf(error)?.writtenBy === writtenBy;
      throw error;
    }
  });
};

/**
 * Like `putIf`, with other actions in the same transaction. `refused` gets the reasons of those,
 * if the put's own condition held.
 */
export const putWith = async <Refused = never>(
  tables: Tables,
  put: ConditionalPut,
  others: TransactActions,
  refused: (reasons: readonly CancellationReason[]) => Refused | undefined = () => undefined,
): Promise<boolean | Refused> => {
  if (others.length === 0) return putIf(tables, put);
  const writtenBy = randomBytes(9).toString('base64url');
  const own = { ...put, Item: { ...put.Item, writtenBy }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
  return transact<boolean | Refused>(tables.client, [{ Put: own }, ...others], true, ([reason, ...reasons]) =>
    isConditionFailed(reason) ? conflictingItemOf(reason)?.writtenBy === writtenBy : refused(reasons),
  );
};

type ConditionalUpdate = UpdateCommandInput & { readonly ConditionExpression: string };

/**
 * True if this call wrote the update. A lost first try fails the next one's condition: `isOurs`
 * then says whether the stored row is ours.
 */
export const updateIf = (
  { client }: Pick<Tables, 'client'>,
  update: ConditionalUpdate,
  isOurs: () => Promise<boolean> = async () => false,
): Promise<boolean> => {
  const command = new UpdateCommand(update);
  return retry(async () => {
    try {
      await client.send(command);
      return true;
    } catch (error) {
      if (error instanceof UnavailableError) return RETRY;
      if (isConditionalCheckFailed(error)) return isOurs();
      throw error;
    }
  });
};

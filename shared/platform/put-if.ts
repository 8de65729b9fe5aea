import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type PutCommandInput, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import type { Tables } from './dynamodb-client.ts';
import { conflictingItemOf } from './dynamodb-errors.ts';
import { RETRY, retry } from './retry.ts';

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
      if (error instanceof ConditionalCheckFailedException) return conflictingItemOf(error)?.writtenBy === writtenBy;
      throw error;
    }
  });
};

type ConditionalUpdate = UpdateCommandInput & { readonly ConditionExpression: string };

/**
 * True if this call wrote the update. A lost first try of ours fails the condition of the next one:
 * `isOurs` then reads whether the stored row is our own.
 */
export const updateIf = (
  { client }: Pick<Tables, 'client'>,
  update: ConditionalUpdate,
  isOurs: () => Promise<boolean>,
): Promise<boolean> => {
  const command = new UpdateCommand(update);
  return retry(async () => {
    try {
      await client.send(command);
      return true;
    } catch (error) {
      if (error instanceof UnavailableError) return RETRY;
      if (error instanceof ConditionalCheckFailedException) return isOurs();
      throw error;
    }
  });
};

import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { Busy } from '../kernel/unavailable-error.ts';
import type { Tables } from './dynamodb-client.ts';
import { itemIn } from './dynamodb-errors.ts';
import { AGAIN, untilAnswered } from './retry.ts';

type Put = PutCommandInput & { readonly ConditionExpression: string };

/**
 * One item, if its condition holds; whether this call wrote it. When an answer is lost, the SDK or we ask again, and our own item
 * stands in the way: `writtenBy` tells it from another's.
 */
export const putIf = ({ client }: Pick<Tables, 'client'>, put: Put): Promise<boolean> => {
  const writtenBy = randomBytes(9).toString('base64url');
  const command = new PutCommand({
    ...put,
    Item: { ...put.Item, writtenBy },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return untilAnswered(async () => {
    try {
      await client.send(command);
      return true;
    } catch (error) {
      if (error instanceof Busy) return AGAIN;
      if (error instanceof ConditionalCheckFailedException) return itemIn(error)?.writtenBy === writtenBy;
      throw error;
    }
  });
};

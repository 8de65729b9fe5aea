import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../platform/dynamodb-client.ts';
import { conflictingItemOf } from '../platform/dynamodb-errors.ts';
import { CONFLICT } from '../platform/retry.ts';
import { PendingConfirmation } from './confirmation.ts';
import type { MaterialRequest } from './material-request.ts';
import { REQUEST_PART } from './request-item.ts';

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
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return conflictingItemOf(error)?.version === version ? undefined : CONFLICT;
    }
  },
});

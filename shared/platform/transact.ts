import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Busy } from '../kernel/unavailable-error.ts';
import { isPassing, reasonsOf } from './dynamodb-errors.ts';
import { AGAIN, untilAnswered } from './retry.ts';

export type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** What the conditions came to, action by action; `undefined` where none of them says anything: then it is a fault. */
export type Refused<Answer> = (
  reasons: readonly CancellationReason[],
) => Promise<Answer | undefined> | Answer | undefined;

/**
 * One transaction, until there is an answer. A conflict says nothing about the conditions, so it is tried again, whole. Without reasons nobody knows whether it was
 * done: the same again finds out, since what was done then stands in its own way.
 */
export const transact = <Answer>(
  client: DynamoDBDocumentClient,
  TransactItems: Actions,
  done: Answer,
  refused: Refused<Answer>,
): Promise<Answer> => {
  const write = new TransactWriteCommand({ TransactItems });
  return untilAnswered(async () => {
    try {
      await client.send(write);
      return done;
    } catch (error) {
      const reasons = reasonsOf(error);
      if (!reasons) return error instanceof Busy ? AGAIN : Promise.reject(error);
      if (reasons.some(isPassing)) return AGAIN;
      return (await refused(reasons)) ?? Promise.reject(error);
    }
  });
};

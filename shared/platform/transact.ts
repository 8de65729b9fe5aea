import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { cancellationReasonsOf, isTransient } from './dynamodb-errors.ts';
import { RETRY, retry } from './retry.ts';

export type TransactActions = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** What the conditions came to, action by action; `undefined` where none of them says anything: then it is a fault. */
export type OnCancelled<Answer> = (
  reasons: readonly CancellationReason[],
) => Promise<Answer | undefined> | Answer | undefined;

/**
 * One transaction, until there is an answer. A conflict says nothing about the conditions, so it is tried again, whole. Without reasons nobody knows whether it was
 * done: the same again finds out, since what was done then stands in its own way.
 */
export const transact = <Answer>(
  client: DynamoDBDocumentClient,
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

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

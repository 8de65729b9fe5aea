import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { parseNumber } from '../kernel/sum.ts';

/** One reason per action. `undefined`: another failure. */
export const cancellationReasonsOf = (error: unknown): readonly CancellationReason[] | undefined =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : undefined;

export const isConditionFailed = (reason: CancellationReason | undefined): boolean =>
  reason?.Code === 'ConditionalCheckFailed';

/** Retry: the conditions may hold or not. */
const TRANSIENT_CODES = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
export const isTransient = (reason: CancellationReason): boolean => TRANSIENT_CODES.has(reason.Code ?? '');

/** The item that failed the condition. */
export const conflictingItemOf = (
  reason: Pick<CancellationReason, 'Item'> | undefined,
): Record<string, unknown> | undefined => reason?.Item && unmarshall(reason.Item, { wrapNumbers: parseNumber });

const RETRYABLE_ERRORS = new Set([
  'TransactionInProgressException',
  'TransactionConflictException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'NetworkingError',
  'AbortError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);

/** A retry may succeed. Without an answer the outcome is unknown. */
export const isRetryable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return RETRYABLE_ERRORS.has(error.name) || RETRYABLE_ERRORS.has(code) || ServerError.safeParse(error).success;
};

/** Any 5xx: a proxy may answer 502 with HTML. */
const ServerError = z.object({ $metadata: z.object({ httpStatusCode: z.int().min(500) }) });

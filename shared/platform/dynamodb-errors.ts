import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { parseNumber } from '../kernel/sum.ts';

/** Why a transaction was cancelled, action by action; `undefined` for any other failure. */
export const cancellationReasonsOf = (error: unknown): readonly CancellationReason[] | undefined =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : undefined;

export const isConditionFailed = (reason: CancellationReason | undefined): boolean =>
  reason?.Code === 'ConditionalCheckFailed';

/** Someone else's transaction, or too many at once: says nothing about the conditions. */
const TRANSIENT_CODES = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
export const isTransient = (reason: CancellationReason): boolean => TRANSIENT_CODES.has(reason.Code ?? '');

/** The item that stood in the way, if there was one. */
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

/** A failure after which the same may be asked again: too busy, or no answer, so that nobody knows whether it was done. */
export const isRetryable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return RETRYABLE_ERRORS.has(error.name) || RETRYABLE_ERRORS.has(code) || ServerError.safeParse(error).success;
};

/** A fault of the service, by whatever name: a proxy before it may answer 502 with a page of HTML. */
const ServerError = z.object({ $metadata: z.object({ httpStatusCode: z.int().min(500) }) });

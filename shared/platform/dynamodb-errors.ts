import { decodeItem } from './dynamodb-values.ts';

type StoredItem = object;

/** Why an action of a transaction failed. `Item`: the item in its way, as stored. */
export type CancellationReason = {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
  readonly Item?: StoredItem | undefined;
};

type ErrorBody = {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly CancellationReasons?: readonly CancellationReason[];
  readonly Item?: StoredItem;
};

/** `name` is DynamoDB's, such as `ValidationException`. */
export class DynamoDbError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };
  declare readonly CancellationReasons?: readonly CancellationReason[];
  declare readonly Item?: StoredItem;

  constructor(httpStatusCode: number, { __type = 'Unknown', message, Message, ...rest }: ErrorBody) {
    super(message ?? Message ?? `DynamoDB answered ${httpStatusCode}.`);
    this.name = __type.split('#').at(-1) ?? __type;
    this.$metadata = { httpStatusCode };
    if (rest.CancellationReasons) this.CancellationReasons = rest.CancellationReasons;
    if (rest.Item) this.Item = rest.Item;
  }
}

/** One reason per action. `undefined`: another failure. */
export const cancellationReasonsOf = (error: unknown): readonly CancellationReason[] | undefined =>
  error instanceof Error && error.name === 'TransactionCanceledException'
    ? ((error as DynamoDbError).CancellationReasons ?? [])
    : undefined;

/** The condition of a single write did not hold. */
export const isConditionalCheckFailed = (error: unknown): error is DynamoDbError =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

export const isConditionFailed = (reason: CancellationReason | undefined): boolean =>
  reason?.Code === 'ConditionalCheckFailed';

/** Retry: the conditions may hold or not. */
const TRANSIENT_CODES = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
export const isTransient = (reason: CancellationReason): boolean => TRANSIENT_CODES.has(reason.Code ?? '');

/** The item that failed the condition. */
export const conflictingItemOf = (
  reason: Pick<CancellationReason, 'Item'> | undefined,
): Record<string, unknown> | undefined => reason?.Item && decodeItem(reason.Item);

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

/** A retry may succeed. Without an answer the outcome is unknown. A proxy may send any 5xx. */
export const isRetryable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata } = error as { name: string; code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return RETRYABLE_ERRORS.has(name) || (typeof code === 'string' && RETRYABLE_ERRORS.has(code)) || status >= 500;
};

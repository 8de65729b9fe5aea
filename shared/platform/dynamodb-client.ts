import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { parseNumber } from '../kernel/sum.ts';
import { isRetryable } from './dynamodb-errors.ts';
import { raceDeadline, UnavailableError } from './retry.ts';
import type { TableName } from './tables.ts';

export type Tables = {
  readonly client: DynamoDBDocumentClient;
  readonly name: (table: TableName) => string;
  /** Called for each unreadable row left out of a list. */
  readonly unreadable?: (what: string, error: unknown) => void;
};

/** Milliseconds. DynamoDB answers in a few, so a hanging call is better retried. */
const TIMEOUTS = { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true };

/** The local engine accepts any account. It may be slow. */
const LOCAL_ENGINE = {
  requestHandler: { connectionTimeout: 60_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

export const dynamoDbClient = (endpoint: string | undefined): DynamoDBClient =>
  new DynamoDBClient({ requestHandler: TIMEOUTS, maxAttempts: 2, ...(endpoint && { endpoint, ...LOCAL_ENGINE }) });

export const fromImage = (image: object): Record<string, unknown> =>
  unmarshall({ ...image }, { wrapNumbers: parseNumber });

/**
 * Retryable failures, after the retries of the SDK, and missed deadlines become UnavailableError.
 */
export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient => {
  client.middlewareStack.add(
    (next) => async (sent) => {
      try {
        return await raceDeadline(() => next(sent));
      } catch (cause) {
        throw isRetryable(cause) ? new UnavailableError('DynamoDB did not answer in time', { cause }) : cause;
      }
    },
    { step: 'initialize', priority: 'high', name: 'busyIfItMayPass', override: true },
  );
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: parseNumber },
  });
};

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { parseNumber } from '../kernel/sum.ts';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { raceDeadline } from './deadline.ts';
import { isRetryable } from './dynamodb-errors.ts';
import type { TableName } from './tables.ts';

/** The SDK's client, and the names the tables have here. */
export type Tables = {
  readonly client: DynamoDBDocumentClient;
  readonly name: (table: TableName) => string;
  /** Hears of a row that a list leaves out because it cannot be read. */
  readonly unreadable?: (what: string, error: unknown) => void;
};

/**
 * Milliseconds. A connection that does not come in half a second will not, and DynamoDB answers in a few; what hangs is better asked
 * again than waited for, as long as the request has time.
 */
const TIMEOUTS = { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true };

/** Any account will do for an engine that is not Amazon's; it answers when its machine has time for it. */
const LOCAL_ENGINE = {
  requestHandler: { connectionTimeout: 60_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

export const dynamoDbClient = (endpoint: string | undefined): DynamoDBClient =>
  new DynamoDBClient({ requestHandler: TIMEOUTS, maxAttempts: 2, ...(endpoint && { endpoint, ...LOCAL_ENGINE }) });

/** An image of a stream in native values. */
export const fromImage = (image: object): Record<string, unknown> =>
  unmarshall({ ...image }, { wrapNumbers: parseNumber });

/** Native values in and out; and what may pass, after the SDK's own tries, becomes `Busy` with its cause; so does what is too late. */
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

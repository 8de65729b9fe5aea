import { Readable } from 'node:stream';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { documentClient } from '../../shared/platform/dynamodb-client.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';

type Reply = { readonly statusCode: number; readonly body: string };

/** A client that gets this answer to every request, from the network or a proxy. */
const answering = (reply: () => Reply) => {
  const handle = async () => {
    const { statusCode, body } = reply();
    return { response: { statusCode, headers: {}, reason: '', body: Readable.from([Buffer.from(body)]) } as never };
  };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return documentClient(
    new DynamoDBClient({ region: 'local', credentials, maxAttempts: 1, requestHandler: { handle } }),
  );
};

const failure = (reply: () => Reply): Promise<unknown> =>
  answering(reply)
    .send(new GetItemCommand({ TableName: 'T', Key: { id: { S: 'x' } } }))
    .catch((error: unknown) => error);

const named = (statusCode: number, type: string): Reply => ({ statusCode, body: JSON.stringify({ __type: type }) });
const lost = (code: string) => (): Reply => {
  throw Object.assign(new Error('injected'), { code });
};

it.each<[string, () => Reply]>([
  ['500 by name', () => named(500, 'InternalServerError')],
  ['500 by a name nobody knows', () => named(500, 'SomethingElse')],
  ['500 with no name', () => ({ statusCode: 500, body: '{}' })],
  ['502 of a proxy', () => ({ statusCode: 502, body: '<html>Bad Gateway</html>' })],
  ['503 with nothing', () => ({ statusCode: 503, body: '' })],
  ['throttling', () => named(400, 'ThrottlingException')],
  ['ECONNRESET', lost('ECONNRESET')],
  ['ETIMEDOUT', lost('ETIMEDOUT')],
  ['EAI_AGAIN', lost('EAI_AGAIN')],
])('%s is transient.', async (_says, reply) => {
  expect(await failure(reply)).toBeInstanceOf(UnavailableError);
});

it.each<[string, () => Reply]>([
  ['a request that is wrong', () => named(400, 'ValidationException')],
  ['a power that is missing', () => named(400, 'AccessDeniedException')],
  ['a table that is missing', () => named(400, 'ResourceNotFoundException')],
  ['a fault of our own', lost('ERR_INVALID_ARG_TYPE')],
])('%s is permanent.', async (_says, reply) => {
  const error = await failure(reply);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(UnavailableError);
});

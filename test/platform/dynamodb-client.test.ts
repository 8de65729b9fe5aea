import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, it, onTestFinished } from 'vitest';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { GetCommand } from '../../shared/platform/dynamodb-commands.ts';
import { OneShotSha256, openTransport } from '../../shared/platform/dynamodb-transport.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';

type Reply = { readonly statusCode: number; readonly body: string };

/** A client that gets this answer to every request, from the network or a proxy. */
const answering = (reply: () => Reply, maxAttempts = 1) =>
  dynamoDbClient('http://127.0.0.1:1', {
    maxAttempts,
    handle: async () => {
      const { statusCode, body } = reply();
      return { statusCode, body: Buffer.from(body) };
    },
  });

const get = new GetCommand({ TableName: 'T', Key: { id: 'x' } });

const failure = (reply: () => Reply): Promise<unknown> =>
  answering(reply)
    .send(get)
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
  ['throttling', () => named(400, 'com.amazon.coral.availability#ThrottlingException')],
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

it('A transient failure is tried once more, a permanent one is not.', async () => {
  const tries = async (first: Reply) => {
    const replies = [first, { statusCode: 200, body: '{"Item":{"id":{"S":"x"}}}' }];
    const client = answering(() => replies.shift() as Reply, 2);
    const { Item } = await client.send(get).catch(() => ({ Item: undefined }));
    return { Item, left: replies.length };
  };
  expect(await tries(named(500, 'InternalServerError'))).toEqual({ Item: { id: 'x' }, left: 0 });
  expect(await tries(named(400, 'ValidationException'))).toEqual({ Item: undefined, left: 1 });
});

const serve = async (answer: Parameters<typeof createServer>[1]) => {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
};

it('A server that never answers is left after the time for a request.', async () => {
  const url = await serve(() => undefined);
  const transport = openTransport({ connection: 5_000, request: 20 });
  const client = dynamoDbClient(url, { ...transport, maxAttempts: 1 });
  const error = await client.send(get).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'UnavailableError', cause: { name: 'TimeoutError' } });
});

it('A connection that breaks in the middle of an answer is transient.', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"Item":', () => response.destroy());
  });
  const client = dynamoDbClient(url, { maxAttempts: 1 });
  await expect(client.send(get)).rejects.toThrow(UnavailableError);
});

/** By Node's own HMAC. */
class NodeSha256 {
  readonly #hash;
  constructor(secret?: Uint8Array | string) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error('not used');
  }
}

it.each(['short', 'k'.repeat(64), 'a key that is longer than the block of SHA-256, so that it is hashed first'])(
  'A request has the same signature as by HMAC of Node: %s.',
  async (secretAccessKey) => {
    const signed = (sha256: typeof NodeSha256 | typeof OneShotSha256) =>
      new SignatureV4({
        service: 'dynamodb',
        region: 'ap-south-1',
        credentials: { accessKeyId: secretAccessKey.slice(0, 5), secretAccessKey, sessionToken: 'token' },
        sha256: sha256 as typeof OneShotSha256,
      }).sign(
        {
          method: 'POST',
          protocol: 'https:',
          hostname: 'dynamodb.ap-south-1.amazonaws.com',
          path: '/',
          headers: { host: 'dynamodb.ap-south-1.amazonaws.com', 'x-amz-target': 'DynamoDB_20120810.GetItem' },
          body: '{"TableName":"भंडार"}',
        },
        { signingDate: new Date('2026-11-22T05:00:00Z') },
      );
    // The signer remembers a day's key by its credentials.
    const [ours, nodes] = [await signed(OneShotSha256), await signed(NodeSha256)];
    expect(ours.headers.authorization).toMatch(/Signature=[0-9a-f]{64}$/);
    expect(ours.headers).toEqual(nodes.headers);
  },
);

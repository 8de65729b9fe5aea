import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { GetCommand } from '../../shared/platform/dynamodb-commands.ts';
import { openTransport, type TransportRequest } from '../../shared/platform/dynamodb-transport.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';

const get = new GetCommand({ TableName: 'T', Key: { id: 'x' } });

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

it('A request to a local engine names a region that AWS has, as moto takes no other.', async () => {
  let scope: string | undefined;
  const url = await serve(({ headers }, response) => {
    scope = headers.authorization?.split(',')[0];
    response.end('{}');
  });
  await dynamoDbClient(url).send(get);
  expect(scope).toMatch(/\/ap-south-1\/dynamodb\/aws4_request$/);
});

/** AWS's keys have 40 letters. HMAC pads a key below 64 bytes and hashes a longer one. */
it.each([40, 60, 80])(
  'In Lambda a request goes to the region over TLS, signed by a secret of %i letters.',
  async (letters) => {
    const secret = 'k'.repeat(letters);
    const token = `session ${letters}`;
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKID');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
    vi.stubEnv('AWS_SESSION_TOKEN', token);
    onTestFinished(() => void vi.unstubAllEnvs());
    let sent: TransportRequest | undefined;
    const client = dynamoDbClient(undefined, {
      handle: async (request) => {
        sent = request;
        return { statusCode: 200, body: Buffer.from('{}') };
      },
    });

    await client.send(new GetCommand({ TableName: 'T', Key: { id: 'भंडार' } }));

    const { protocol, hostname, headers = {}, body = '' } = sent ?? {};
    const { authorization = '', 'x-amz-date': at = '' } = headers;
    expect([protocol, hostname, headers['x-amz-security-token']]).toEqual([
      'https:',
      'dynamodb.ap-south-1.amazonaws.com',
      token,
    ]);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    const [, names = '', signature] = /SignedHeaders=([^,]+), Signature=(.*)$/.exec(authorization) ?? [];
    const signed = names.split(';').map((name) => `${name}:${headers[name]}\n`);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const canonical = ['POST', '/', '', signed.join(''), names, sha256(body)].join('\n');
    const scope = [at.slice(0, 8), 'ap-south-1', 'dynamodb', 'aws4_request'];
    const key = scope.reduce<string | Buffer>(
      (by, part) => createHmac('sha256', by).update(part).digest(),
      `AWS4${secret}`,
    );
    const text = ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(canonical)].join('\n');
    expect(authorization).toContain(`Credential=AKID/${scope.join('/')},`);
    expect(names.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-security-token', 'x-amz-target']));
    expect(signature).toBe(createHmac('sha256', key).update(text).digest('hex'));
  },
);

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

const failure = (reply: () => Reply): Promise<unknown> =>
  answering(reply)
    .send(get)
    .catch((error: unknown) => error);

const named = (statusCode: number, type: string): Reply => ({ statusCode, body: JSON.stringify({ __type: type }) });

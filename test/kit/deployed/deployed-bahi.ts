import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll } from 'vitest';
import { startTemporaryEngine } from '../../../local/engine/engine.ts';
import { eventOf } from '../../../local/gateway-event.ts';
import { createIssuer, type Issuer } from '../../../local/issuer.ts';
import { createTables, findStreamArn } from '../../../local/tables.ts';
import { createClient } from '../../../shared/api/client.ts';
import { generatePhoneKey } from '../../../shared/api/phone-key.ts';
import type { Role } from '../../../shared/kernel/access.ts';
import { dynamoDbClient } from '../../../shared/platform/dynamodb-client.ts';
import { TABLE_NAMES, type TableName } from '../../../shared/platform/tables.ts';
import { type Book, expectOk } from '../book.ts';
import { fixedClock } from '../clock.ts';
import { REGISTRY_SEED } from '../registry-seed.ts';
import { fakeCloud } from './fake-cloud.ts';
import { type DeployedFunctions, deployedFunctions, TimedOutError } from './functions.ts';
import { type DeployedRoute, type Deployment, readDeployment, synthesizeInto } from './template.ts';

/** The bundles of a synthesized app behind a gateway, on a fake cloud with the templates' rules. */
const openDeployedBahi = async (folder: string) => {
  const deployment = readDeployment(folder);
  const engine = await startTemporaryEngine();
  const plain = dynamoDbClient(engine.endpoint);
  const names = Object.fromEntries(TABLE_NAMES.map((name) => [name, name])) as Record<TableName, string>;
  await createTables(plain, names, true);
  const clock = fixedClock();
  const now = () => Date.parse(clock.now());
  const issuer = await createIssuer(undefined, clock);
  const cloud = fakeCloud(engine.endpoint);
  const gateway = createServer(
    (request, response) => void answer(request, response, { deployment, functions, issuer }),
  );
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const functions = deployedFunctions(deployment.functions, { cloud, now, api: `${url}/` });
  const streams = new DynamoDBStreamsClient({
    endpoint: engine.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const phone = await generatePhoneKey();
  const as = async (role: Role, ...scope: string[]) =>
    createClient(url, await issuer.token({ role, scope }), fetch, phone);

  const mayConsume = (fn: string, resource: string, ...actions: string[]): void => {
    for (const action of actions)
      if (!cloud.isAllowed(functions.functionNamed(fn), action, resource)) throw new Error(`${fn} may not ${action}`);
  };

  /** Invokes a queue's worker until the queue is empty. Failures end in its dead-letter queue. */
  const drainQueue = async (name: string): Promise<void> => {
    const queue = deployment.queues.find((one) => one.name === name);
    const source = deployment.eventSources.find((one) => one.source === `${name}.Arn`);
    if (!queue || !source) throw new Error(`No function reads ${name}.`);
    mayConsume(source.function, `${name}.Arn`, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes');
    const waiting = cloud.queueOf(name);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, source.batchSize);
      const Records = batch.map((message) => ({
        messageId: message.id,
        body: message.body,
        attributes: { ApproximateReceiveCount: String(++message.received) },
        eventSource: 'aws:sqs',
        awsRegion: 'ap-south-1',
      }));
      const failed = await functions.invoke(source.function, { Records }).then(
        (result) => new Set((result as BatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
        () => new Set(batch.map(({ id }) => id)),
      );
      for (const message of batch.filter(({ id }) => failed.has(id)))
        if (message.received < queue.maxReceiveCount) waiting.push(message);
        else cloud.queueOf(queue.deadLetters).push({ ...message, received: 0 });
    }
  };

  /** As EventBridge Scheduler does it, and the queue that the planner fills. */
  const runJob = async (job: string): Promise<void> => {
    const schedule = deployment.schedules.find(({ input }) => input?.includes(`"${job}"`));
    if (!schedule?.input) throw new Error(`No schedule runs ${job}.`);
    await functions.invoke(schedule.function, JSON.parse(schedule.input));
    const source = deployment.eventSources.find((one) => one.function === job);
    await drainQueue(source?.source.replace('.Arn', '') ?? '');
  };

  const positions = new Map<string, string>();
  /** Hands new records of the table's stream to its function. */
  const drainStream = async (table: 'Stock' | 'Alerts'): Promise<number> => {
    const source = deployment.eventSources.find((one) => one.source === `${table}.StreamArn`);
    if (!source) throw new Error(`No function reads the stream of ${table}.`);
    const actions = ['GetRecords', 'GetShardIterator', 'DescribeStream'].map((action) => `dynamodb:${action}`);
    mayConsume(source.function, source.source, ...actions);
    const StreamArn = await findStreamArn(plain, table);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    let handed = 0;
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      const from = positions.get(ShardId);
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({
          StreamArn,
          ShardId,
          ShardIteratorType: from ? 'AFTER_SEQUENCE_NUMBER' : 'TRIM_HORIZON',
          SequenceNumber: from,
        }),
      );
      const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1_000 }));
      for (let at = 0; at < Records.length; at += source.batchSize) {
        const batch = JSON.parse(JSON.stringify(Records.slice(at, at + source.batchSize)));
        const { batchItemFailures } = (await functions.invoke(source.function, { Records: batch })) as BatchResponse;
        if (batchItemFailures.length > 0) throw new Error(`${source.function} failed`);
        handed += batch.length;
      }
      const last = Records.at(-1)?.dynamodb?.SequenceNumber;
      if (last) positions.set(ShardId, last);
    }
    return handed;
  };

  return {
    url,
    deployment,
    cloud,
    functions,
    runJob,
    drainQueue,
    drainStream,
    /** The parts of a book that the kit's drivers use. */
    book: { admin: await as('admin', 'state'), as, clock, phone, bahi: { url, issuer } } as unknown as Book,
    stop: async (): Promise<void> => {
      await functions.stop();
      await closeServer(gateway);
      cloud.close();
      streams.destroy();
      plain.destroy();
      await engine.stop();
    },
  };
};
/**
 * For all tests of a file: synthesized, opened with the small registry, closed after the last.
 * DEPLOYED_FOLDER names an app that is synthesized already.
 */
export const useDeployedBahi = (): DeployedBahi => {
  const bahi = {} as DeployedBahi;
  const ready = process.env.DEPLOYED_FOLDER;
  const folder = ready ?? mkdtempSync(join(tmpdir(), 'bahi-deployed-'));
  beforeAll(async () => {
    if (!ready) synthesizeInto(folder);
    Object.assign(bahi, await openDeployedBahi(folder));
    const { admin } = bahi.book;
    for (const [kind, entries] of REGISTRY_SEED)
      for (const [id, body] of Object.entries(entries)) expectOk(await admin.putEntry({ path: { kind, id }, body }));
    // A bill shows the seller's address.
    const path = { kind: 'sellers' as const, id: 'LKO1' };
    const { entry, version } = expectOk(await admin.getEntry({ path }));
    const body = { ...entry, address: 'Chowk, Lucknow', pinCode: '226003' };
    expectOk(await admin.putEntry({ path, body, ifMatch: version }));
  });
  afterAll(async () => {
    await bahi.stop?.();
    if (!ready) rmSync(folder, { recursive: true, force: true });
  });
  return bahi;
};

type DeployedBahi = Awaited<ReturnType<typeof openDeployedBahi>>;

type BatchResponse = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

const closeServer = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
};

type Gateway = { readonly deployment: Deployment; readonly functions: DeployedFunctions; readonly issuer: Issuer };
type ProxyResult = {
  readonly statusCode?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
};

/** Its own answers: 401 without a token, 404 without a route, 500 and 503 for a function. */
const answer = async (request: IncomingMessage, response: ServerResponse, gateway: Gateway): Promise<void> => {
  const say = (status: number, message: string, headers: Record<string, string> = {}) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ message }));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://gateway');
  const method = request.method ?? 'GET';
  const found = routeOf(gateway.deployment.routes, method, url.pathname);
  if (!found) return say(404, 'Not Found');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  const claims = found.route.isOpen || !token ? undefined : await gateway.issuer.verify(token);
  if (!found.route.isOpen && !claims) return say(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  const body = Buffer.concat(chunks).toString();
  const { pathParameters } = found;
  const event = eventOf({ method, url, headers, body, claims, pathParameters, key: found.route.key });
  try {
    const result = (await gateway.functions.invoke(found.route.function, event)) as ProxyResult;
    const { statusCode = 500, headers: sent, body: text = '', isBase64Encoded } = result;
    response.writeHead(statusCode, sent).end(Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8'));
  } catch (error) {
    if (error instanceof TimedOutError) return say(503, 'Service Unavailable');
    say(500, 'Internal Server Error');
  }
};

/** The matching route with the fewest parameters. */
const routeOf = (routes: readonly DeployedRoute[], method: string, path: string) =>
  routes
    .flatMap((route) => {
      const [of, template = ''] = route.key.split(' ');
      const pattern = template.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
      const match = of === method ? new RegExp(`^${pattern}$`).exec(path) : null;
      const named = Object.entries(match?.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
      return match ? [{ route, pathParameters: Object.fromEntries(named) as Record<string, string> }] : [];
    })
    .toSorted((a, b) => Object.keys(a.pathParameters).length - Object.keys(b.pathParameters).length)[0];

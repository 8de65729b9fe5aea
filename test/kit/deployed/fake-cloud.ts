import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACCOUNT, type DeployedFunction, REGION } from './template.ts';

export type QueuedMessage = { readonly id: string; readonly body: string; received: number };

type Reply = { readonly status: number; readonly body?: string | Buffer; readonly headers?: Record<string, string> };

/** Buckets, queues and topics in memory, tables of an engine. Each call needs permission. */
export const fakeCloud = (engine: string) => {
  const objects = new Map<string, Buffer>();
  const queues = new Map<string, QueuedMessage[]>();
  const published: string[] = [];
  const denials: string[] = [];
  const used = new Map<string, Set<string>>();

  /** Whether the function's role allows the action on one of these names of the resource. */
  const isAllowed = (fn: DeployedFunction, action: string, ...names: readonly string[]): boolean => {
    const allowed = fn.statements.some(
      ({ actions, resources, notResources }) =>
        actions.includes(action) &&
        names.some((name) =>
          notResources.length > 0
            ? !notResources.some((one) => globbed(one, name))
            : resources.some((one) => globbed(one, name)),
        ),
    );
    const says = `${action} ${names[0]}`;
    if (allowed) used.set(fn.name, (used.get(fn.name) ?? new Set()).add(says));
    else denials.push(`${fn.name}: ${says}`);
    return allowed;
  };

  const queueOf = (name: string): QueuedMessage[] => {
    const found = queues.get(name) ?? [];
    queues.set(name, found);
    return found;
  };

  const onTables = async (fn: DeployedFunction, request: IncomingMessage, body: Buffer): Promise<Reply> => {
    const target = String(request.headers['x-amz-target']);
    const needed = tablePowers(target.split('.')[1] ?? '', JSON.parse(body.toString()));
    const refused = needed.filter(({ action, resource }) => !isAllowed(fn, action, resource));
    if (refused.length > 0)
      return awsError(
        'com.amazon.coral.service#AccessDeniedException',
        `${fn.name} is not authorized to perform ${refused[0]?.action}`,
      );
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      authorization: String(request.headers.authorization),
      'x-amz-date': String(request.headers['x-amz-date']),
    };
    const answer = await fetch(engine, { method: 'POST', headers, body: new Uint8Array(body) });
    return {
      status: answer.status,
      body: await answer.text(),
      headers: { 'content-type': 'application/x-amz-json-1.0' },
    };
  };

  const onQueues = (fn: DeployedFunction, request: IncomingMessage, body: Buffer): Reply => {
    const action = String(request.headers['x-amz-target']).split('.')[1];
    if (action !== 'SendMessageBatch') return awsError('UnsupportedOperation', String(action));
    const sent = JSON.parse(body.toString()) as { QueueUrl: string; Entries: { Id: string; MessageBody: string }[] };
    const queue = sent.QueueUrl.replace(/^.*\//, '');
    if (!isAllowed(fn, 'sqs:SendMessage', `${queue}.Arn`)) return awsError('AccessDenied', queue);
    const Successful = sent.Entries.map(({ Id, MessageBody }) => {
      const id = randomUUID();
      queueOf(queue).push({ id, body: MessageBody, received: 0 });
      return { Id, MessageId: id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
    });
    return json({ Successful, Failed: [] });
  };

  const onBuckets = (fn: DeployedFunction, { method, url = '', headers }: IncomingMessage, body: Buffer): Reply => {
    const [, bucket = '', key = ''] = /^\/([^/]+)\/([^?]*)/.exec(decodeURIComponent(url)) ?? [];
    const action =
      { GET: 's3:GetObject', HEAD: 's3:GetObject', PUT: 's3:PutObject', DELETE: 's3:DeleteObject' }[String(method)] ??
      '';
    const name = `${bucket}/${key}`;
    if (!isAllowed(fn, action, `${bucket}.Arn/${key}`, `arn:aws:s3:::${name}`)) return xmlError(403, 'AccessDenied');
    const known = objects.get(name);
    if (method === 'PUT') {
      if (headers['if-none-match'] === '*' && known) return xmlError(412, 'PreconditionFailed');
      objects.set(name, unchunked(headers, body));
      return { status: 200, headers: { etag: '"1"' } };
    }
    if (method === 'DELETE') {
      objects.delete(name);
      return { status: 204 };
    }
    // Without permission to list, S3 does not tell that an object is missing.
    if (!known)
      return isAllowed(fn, 's3:ListBucket', `${bucket}.Arn`, `arn:aws:s3:::${bucket}`)
        ? xmlError(404, 'NoSuchKey')
        : xmlError(403, 'AccessDenied');
    return { status: 200, body: known, headers: { etag: '"1"' } };
  };

  const onTopics = (fn: DeployedFunction, body: Buffer): Reply => {
    const parameters = new URLSearchParams(body.toString());
    const action = parameters.get('Action') ?? '';
    const arn =
      parameters.get('TopicArn') ??
      parameters.get('PhoneNumber') ??
      `arn:aws:sns:${REGION}:${ACCOUNT}:${parameters.get('Name')}`;
    if (!isAllowed(fn, `sns:${action}`, arn)) return xmlError(403, 'AuthorizationError');
    if (action === 'Publish') published.push(parameters.get('Message') ?? '');
    const result = `<TopicArn>${arn}</TopicArn><MessageId>${randomUUID()}</MessageId><SubscriptionArn>${arn}:1</SubscriptionArn><Attributes/>`;
    return xml(200, `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
  };

  const onEvents = (fn: DeployedFunction, body: Buffer): Reply => {
    const { Entries } = JSON.parse(body.toString()) as { Entries: { EventBusName: string; Detail: string }[] };
    if (!Entries.every(({ EventBusName }) => isAllowed(fn, 'events:PutEvents', `${EventBusName}.Arn`, EventBusName)))
      return awsError('AccessDeniedException', 'events:PutEvents');
    for (const { Detail } of Entries) published.push(Detail);
    return json({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: randomUUID() })) });
  };

  /** One address for each function and service: it stands for the credentials of the role. */
  const endpoints = async (fn: DeployedFunction) => {
    const open = async (answer: (request: IncomingMessage, body: Buffer) => Reply | Promise<Reply>) => {
      const server = createServer((request, response) => void respond(request, response, answer));
      servers.push(server.listen(0, '127.0.0.1'));
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    return {
      tables: await open((request, body) => onTables(fn, request, body)),
      queues: await open((request, body) => onQueues(fn, request, body)),
      buckets: await open((request, body) => onBuckets(fn, request, body)),
      topics: await open((_request, body) => onTopics(fn, body)),
      events: await open((_request, body) => onEvents(fn, body)),
    };
  };

  const servers: ReturnType<typeof createServer>[] = [];
  const close = (): void => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { isAllowed, endpoints, queueOf, objects, published, denials, used, close };
};
export type FakeCloud = ReturnType<typeof fakeCloud>;

const respond = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: IncomingMessage, body: Buffer) => Reply | Promise<Reply>,
): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { status, body, headers } = await answer(request, Buffer.concat(chunks));
  response
    .writeHead(status, { 'x-amzn-requestid': randomUUID(), ...headers })
    .end(request.method === 'HEAD' ? undefined : body);
};

const globbed = (glob: string, name: string): boolean =>
  new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(name);

type TableInput = {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
};

/** IAM authorises a transaction by its parts. */
const tablePowers = (action: string, { TableName, IndexName, RequestItems, TransactItems }: TableInput) => {
  const power = (of: string, table: string, index?: string) => ({
    action: `dynamodb:${of}`,
    resource: `${table}.Arn${index ? `/index/${index}` : ''}`,
  });
  if (TransactItems)
    return TransactItems.flatMap((one) =>
      Object.entries(one).map(([part, input]) =>
        power(part === 'ConditionCheck' ? 'ConditionCheckItem' : `${part}Item`, input.TableName),
      ),
    );
  if (RequestItems) return Object.keys(RequestItems).map((table) => power(action, table));
  return [power(action, TableName ?? '', IndexName)];
};

/** The SDK sends a body with a checksum in chunks of `size;…\r\nbytes\r\n`. */
const unchunked = (headers: IncomingMessage['headers'], body: Buffer): Buffer => {
  if (!String(headers['content-encoding']).includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!size) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
};

const json = (value: object): Reply => ({
  status: 200,
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});
const awsError = (type: string, message: string): Reply => ({
  status: 400,
  body: JSON.stringify({ __type: type, message }),
  headers: { 'content-type': 'application/x-amz-json-1.0' },
});
const xml = (status: number, body: string): Reply => ({ status, body, headers: { 'content-type': 'text/xml' } });
const xmlError = (status: number, code: string): Reply =>
  xml(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
  );

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../local/gateway-event.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { TransactWriteCommand } from '../../shared/platform/dynamodb-commands.ts';
import { lambdaHandler, traceCalls } from '../../shared/platform/telemetry.ts';

const [PHONE, EMAIL] = ['+919812300001', 'sushila.zardozi@example.in'];
const TRACE = { trace_id: '1-5759e988-bd862e3fe1be46a994272793', parent_id: '53995c3f42cd8ad8' };

/** Stands for Lambda's daemon, which gets documents by UDP. */
const daemon = createSocket('udp4');
beforeAll(async () => {
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', `127.0.0.1:${daemon.address().port}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  daemon.close();
});

it('The first call of a function is traced as a cold start.', async () => {
  vi.resetModules();
  const fresh = await import('../../shared/platform/telemetry.ts');
  const handler = fresh.lambdaHandler(async () => 'done');
  const { document, error } = await traceOf(() => handler({}, lambdaContext('test')));
  expect(error).toBeUndefined();
  const { id, start_time, end_time, ...rest } = document;
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(end_time).toBeGreaterThanOrEqual(start_time);
  expect(rest).toEqual({
    ...TRACE,
    type: 'subsegment',
    name: '## handler',
    annotations: { ColdStart: true, Service: 'bahi' },
  });
  const next = await traceOf(() => handler({}, lambdaContext('test')));
  expect(next.document.annotations.ColdStart).toBe(false);
});

it("A function's error is traced without telephone numbers and e-mail addresses.", async () => {
  const handler = lambdaHandler(async () => {
    throw new Error(`${PHONE} is no number, nor ${EMAIL}`);
  });
  const { error, text, document } = await traceOf(() => handler({}, lambdaContext('test')));
  expect(String(error)).toContain(PHONE);
  expect(document).toMatchObject({ fault: true });
  expect(text).toContain('… is no number, nor …');
  for (const personal of [PHONE, EMAIL]) expect(text).not.toContain(personal);
});

it('An error of DynamoDB is traced without data, and its caller gets all of it.', async () => {
  const { error, text, document } = await traceOf(() =>
    refusing().send(new TransactWriteCommand({ TransactItems: [] })),
  );
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Item: { phone: { S: PHONE } } }],
  });
  expect(document).toMatchObject({
    ...TRACE,
    name: 'DynamoDB',
    namespace: 'aws',
    aws: { operation: 'TransactWriteItems' },
    error: true,
    cause: { exceptions: [{ type: 'TransactionCanceledException', message: 'of …' }] },
  });
  expect(text).not.toContain(PHONE);
});

it('A call that is not sampled sends nothing.', async () => {
  const unexpected = vi.fn();
  daemon.on('message', unexpected);
  sampled(false);
  await lambdaHandler(async () => 'done')({}, lambdaContext('test'));
  // Datagrams of one socket arrive in order.
  await traceOf(() => lambdaHandler(async () => 'traced')({}, lambdaContext('test')));
  expect(unexpected).toHaveBeenCalledTimes(1);
  daemon.off('message', unexpected);
});

const sampled = (isSampled: boolean) =>
  vi.stubEnv('_X_AMZN_TRACE_ID', `Root=${TRACE.trace_id};Parent=${TRACE.parent_id};Sampled=${isSampled ? 1 : 0}`);

/** The trace that the daemon receives of this work, and the error that it throws. */
const traceOf = async (work: () => Promise<unknown>) => {
  sampled(true);
  const received = once(daemon, 'message');
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const [header, text = ''] = String((await received)[0]).split('\n');
  expect(JSON.parse(header ?? '')).toEqual({ format: 'json', version: 1 });
  return { error, text, document: JSON.parse(text) };
};

/** DynamoDB as it refuses a transaction: its reasons hold the item that was in the way. */
const refusing = () =>
  traceCalls(
    dynamoDbClient('http://127.0.0.1:1', {
      handle: async () => {
        const reasons = [{ Code: 'ConditionalCheckFailed', Item: { phone: { S: PHONE } } }];
        const body = { __type: 'TransactionCanceledException', message: `of ${PHONE}`, CancellationReasons: reasons };
        return { statusCode: 400, body: Buffer.from(JSON.stringify(body)) };
      },
    }),
  );

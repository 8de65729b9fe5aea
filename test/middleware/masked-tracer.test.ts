import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../local/gateway-event.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { lambdaHandler, tracer } from '../../shared/platform/telemetry.ts';

type Segment = { readonly subsegments?: Segment[]; readonly cause?: object; readonly fault?: boolean; close(): void };
type XRay = {
  readonly Segment: new (name: string) => Segment;
  getNamespace(): { runPromise<T>(work: () => Promise<T>): Promise<T> };
  setSegment(segment: Segment): void;
  isAutomaticMode(): boolean;
  enableAutomaticMode(): void;
  enableManualMode(): void;
};

const powertools = createRequire(import.meta.resolve('@aws-lambda-powertools/tracer'));
const xray = powertools('aws-xray-sdk-core') as XRay;

/** Tests run without traces otherwise. */
const isManual = !xray.isAutomaticMode();

const [PHONE, EMAIL] = ['+919812300001', 'sushila.zardozi@example.in'];

/** DynamoDB as it refuses a transaction: its reasons hold the item that was in the way. */
let dynamoDb: Server;
beforeAll(async () => {
  dynamoDb = createServer((_request, response) => {
    const reasons = [{ Code: 'ConditionalCheckFailed', Item: { phone: { S: PHONE } } }];
    const body = { __type: 'TransactionCanceledException', message: `of ${PHONE}`, CancellationReasons: reasons };
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => dynamoDb.listen(0, '127.0.0.1', listening));
  vi.spyOn(tracer, 'isTracingEnabled').mockReturnValue(true);
  if (isManual) xray.enableAutomaticMode();
});
afterAll(() => {
  vi.restoreAllMocks();
  if (isManual) xray.enableManualMode();
  dynamoDb.close();
});

/** What X-Ray would be sent of this work, and the error that it throws. */
const traceOf = async (work: () => Promise<unknown>) => {
  const segment = new xray.Segment('test');
  const error = await xray.getNamespace().runPromise(async () => {
    xray.setSegment(segment);
    return work().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  });
  return { error, text: JSON.stringify(segment) };
};

it("a function's error is traced without telephone numbers and e-mail addresses", async () => {
  const handler = lambdaHandler(async () => {
    throw new Error(`${PHONE} is no number, nor ${EMAIL}`);
  });
  const { error, text } = await traceOf(() => handler({}, lambdaContext('test') as never));
  expect(String(error)).toContain(PHONE);
  expect(text).toContain('… is no number, nor …');
  for (const personal of [PHONE, EMAIL]) expect(text).not.toContain(personal);
});

it('an error of DynamoDB is traced without data, and its caller gets all of it', async () => {
  const { port } = dynamoDb.address() as { port: number };
  const client = tracer.captureDynamoDb(dynamoDbClient(`http://127.0.0.1:${port}`));
  const { error, text } = await traceOf(() => client.send(new TransactWriteItemsCommand({ TransactItems: [] })));
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Item: { phone: { S: PHONE } } }],
  });
  expect(JSON.parse(text)).toMatchObject({
    subsegments: [{ error: true, cause: { exceptions: [{ message: 'of …' }] } }],
  });
  expect(text).not.toContain(PHONE);
});

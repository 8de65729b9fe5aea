// npm run bench:sale: CPU of a sale's handler and of HTTP, over the bare call of the SDK.
import '../../local/quiet.ts';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  DynamoDBClient,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { eventOf, lambdaContext } from '../../local/gateway-event.ts';
import { FUNCTIONS, routeOf } from '../../local/routes.ts';
import { encodeRequest } from '../../shared/platform/dynamodb-values.ts';
import { routeKey } from '../../shared/platform/operation-contract.ts';
import type { PhoneOrder } from './phone.ts';
import { openStall, type SaleRequest } from './stall.ts';

/** Sales of a slice. All ways take turns in each round, so that slow phases affect all. */
const CASES = [
  { lines: 1, count: 300 },
  { lines: 3, count: 300 },
  { lines: 40, count: 60 },
];
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const WAYS = ['bare', 'handler', 'http'] as const;
type Way = (typeof WAYS)[number];

const stall = await openStall();
const phone = fork(fileURLToPath(new URL('phone.ts', import.meta.url)));

/** The SDK's client with default settings. It sends the same items, already marshalled. */
const bareClient = new DynamoDBClient({
  endpoint: stall.endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** The last transaction of a real sale. */
let written: TransactWriteItemsCommandInput | undefined;
stall.client.intercept('command', ({ operation, input }, send) => {
  if (operation === 'TransactWriteItems') written = withBytes(encodeRequest(input));
  return send(input);
});

/** The SDK takes bytes where the wire has base64. */
const withBytes = (input: object): TransactWriteItemsCommandInput =>
  JSON.parse(JSON.stringify(input), (_key, value) =>
    typeof value?.B === 'string' ? { B: new Uint8Array(Buffer.from(value.B, 'base64')) } : value,
  );

const eventFor = ({ url, body }: SaleRequest) => {
  const at = new URL(url);
  const found = routeOf('PUT', at.pathname);
  if (!found) throw new Error(`There is no route for ${url}`);
  const { operation, pathParameters } = found;
  const headers = { 'content-type': 'application/json', host: at.host };
  return eventOf({
    method: 'PUT',
    url: at,
    headers,
    body,
    claims: stall.claims,
    pathParameters,
    key: routeKey(operation),
  });
};

const sellOne = async (sold: SaleRequest): Promise<void> => {
  const { statusCode, body } = await FUNCTIONS.vouchers(eventFor(sold), lambdaContext('vouchers'));
  if (statusCode !== 201) throw new Error(body);
};

/** The transaction of the last real sale, under other numbers. */
const bareInputs = (count: number): TransactWriteItemsCommandInput[] => {
  const [{ Put } = {}, ...updates] = written?.TransactItems ?? [];
  if (!Put) throw new Error('No sale was recorded');
  return Array.from({ length: count }, () => ({
    ...written,
    TransactItems: [
      { Put: { ...Put, Item: { ...Put.Item, entry: { S: `S#BARE#${crypto.randomUUID()}` } } } },
      ...updates,
    ],
  }));
};

const cpuMilliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** CPU milliseconds a sale, of this process and of the engine. */
const measure = async (way: Way, lines: number, count: number) => {
  const requests = await stall.sales(lines, count + 1);
  const [first, ...rest] = requests;
  if (!first) throw new Error('nothing to sell');
  await sellOne(first); // a fresh terminal is cached, and its transaction kept
  const events = rest.map(eventFor);
  const inputs = bareInputs(count);
  const engineStart = stall.engineSeconds();
  const start = cpuMilliseconds();
  if (way === 'bare') for (const input of inputs) await bareClient.send(new TransactWriteItemsCommand(input));
  if (way === 'handler')
    for (const event of events) {
      const { statusCode, body } = await FUNCTIONS.vouchers(event, lambdaContext('vouchers'));
      if (statusCode !== 201) throw new Error(body);
    }
  if (way === 'http') {
    phone.send({ requests: rest, parallel: 1 } satisfies PhoneOrder);
    await once(phone, 'message');
  }
  const own = (cpuMilliseconds() - start) / count;
  return { own, engine: (1_000 * (stall.engineSeconds() - engineStart)) / count };
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

try {
  for (const { lines, count } of CASES) for (const way of WAYS) await measure(way, lines, 2 * count); // unmeasured warm-up
  const rows = CASES.map((one) => ({
    ...one,
    own: new Map<Way, number[]>(),
    engine: [] as number[],
    ratios: new Map<Way, number[]>(),
  }));
  for (let round = 0; round < ROUNDS; round++)
    for (const { lines, count, own, engine, ratios } of rows) {
      const inRound = new Map<Way, number>();
      for (const way of WAYS) {
        const measured = await measure(way, lines, count);
        inRound.set(way, measured.own);
        own.set(way, [...(own.get(way) ?? []), measured.own]);
        engine.push(measured.engine);
      }
      for (const way of WAYS)
        ratios.set(way, [...(ratios.get(way) ?? []), (inRound.get(way) ?? 0) / (inRound.get('bare') ?? 1)]);
    }
  console.log('CPU of a sale as a ratio to the bare TransactWriteItems of a default SDK client, medians of rounds:\n');
  console.log('| lines | handler | HTTP | engine, apart | bare, ms |');
  console.log('| ----: | ------: | ---: | ------------: | -------: |');
  for (const { lines, own, engine, ratios } of rows) {
    const bare = median(own.get('bare') ?? []);
    const cells = [median(ratios.get('handler') ?? []), median(ratios.get('http') ?? []), median(engine) / bare];
    console.log(`| ${lines} | ${cells.map((cell) => cell.toFixed(2)).join(' | ')} | ${bare.toFixed(3)} |`);
  }
  console.log(`\n${ROUNDS} rounds.`);
} finally {
  phone.kill();
  await stall.stop();
}

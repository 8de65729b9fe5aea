import type { Server } from 'node:http';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { reconcileLocation } from '../functions/reconcile-ledger/reconcile-location.ts';
import type { Clock } from '../shared/kernel/time.ts';
import { systemClock } from '../shared/platform/clock.ts';
import { dynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { Environment } from '../shared/platform/environment.ts';
import { useRuntime } from '../shared/platform/runtime.ts';
import { allStores } from './all-stores.ts';
import { countLocally } from './counts.ts';
import { EVALUATE_STOCK, NOTIFY_ALERTS } from './deliver-records.ts';
import { demoPhone } from './demo-phone.ts';
import { expireItems } from './expire-items.ts';
import { followStream } from './follow-stream.ts';
import { createIssuer } from './issuer.ts';
import { localQueue, runJob } from './jobs.ts';
import { localOutbox } from './outbox.ts';
import { localPaths } from './paths.ts';
import { localSealStore } from './seals.ts';
import { createLocalServer } from './server.ts';
import { createTables, findStreamArn, tableNames } from './tables.ts';

export type BahiOptions = {
  readonly endpoint: string;
  /** 0 asks the system for a free one. */
  readonly port: number;
  /** Where the keys and the stream's place are kept; without it they last as long as the process. */
  readonly folder?: string;
  readonly book?: string;
  readonly clock?: Clock;
  /** Another client, such as one whose answers get lost. */
  readonly client?: DynamoDBClient;
  /** What needs no stream may do without: streams cost the engine a write each. */
  readonly streams?: boolean;
};

export type Bahi = Awaited<ReturnType<typeof openBahi>>;

/** The whole of Bahi on this machine: tables, functions, HTTP, stream, queue. */
export const openBahi = async ({
  endpoint,
  port,
  folder,
  book = 'bahi',
  clock = systemClock,
  client,
  streams = true,
}: BahiOptions) => {
  const names = tableNames(book);
  const issuer = await createIssuer(folder && join(folder, 'issuer.json'), clock);
  const outbox = localOutbox(folder && join(folder, 'outbox.jsonl'));
  const phone = await demoPhone(folder && join(folder, 'phone.json'));
  const server = createLocalServer({
    issuer,
    paths: localPaths(issuer, {
      runJob,
      outbox,
      phone,
      audit: (place) => reconcileLocation(place, 'the whole book', allStores()),
    }),
  });
  const connected = client ?? dynamoDbClient(endpoint);
  const environment = { ...Environment.parse({}), endpoint, tables: names };
  const seals = localSealStore(folder && join(folder, 'seals'));
  const startFunctions = () =>
    allStores(
      useRuntime(
        { environment, clock, client: connected, count: countLocally },
        { queue: localQueue, seals, messages: outbox },
      ),
    );
  startFunctions();
  const plain = dynamoDbClient(endpoint);
  await createTables(plain, names, streams);
  const streamed = async (table: 'Stock' | 'Alerts', place: string, watching: typeof EVALUATE_STOCK) =>
    followStream(endpoint, await findStreamArn(plain, names[table]), folder && join(folder, place), watching);
  // What happens to stock is told of alerts, so it is handed out first.
  const read = streams
    ? [
        await streamed('Stock', 'stock-stream.json', EVALUATE_STOCK),
        await streamed('Alerts', 'alerts-stream.json', NOTIFY_ALERTS),
      ]
    : [];
  const url = await listen(server, port);

  return {
    url,
    issuer,
    /** The phone that enrols the demo book's terminals. */
    phone,
    /** What its tables are called on the engine. */
    tables: names,
    seals,
    /** What was sent to people, and published. */
    outbox,
    runJob,
    /** Deletes what has lapsed, as the cloud's tables do by themselves. */
    expireItems: () => expireItems(plain, names, clock),
    /** The functions as if they had just been started: they remember nothing of the registry. */
    startFunctions,
    /** Hands all news of stock to evaluate-stock, and of alerts to notify-alerts, now. */
    drainStream: async () => {
      for (const stream of read) await stream.drain();
    },
    stop: async () => {
      await new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      });
      for (const stream of read) stream.close();
      connected.destroy();
      plain.destroy();
    },
  };
};

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject('code' in error && error.code === 'EADDRINUSE' ? portTaken(port) : error));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`);
    });
  });

const portTaken = (port: number): Error =>
  new Error(
    `Port ${port} is taken, perhaps by another Bahi: stop that one, or choose another, as in PORT=3001 npm start.`,
  );

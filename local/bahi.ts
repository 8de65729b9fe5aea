import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { reconcileLocation } from '../functions/reconcile-ledger/reconcile-location.ts';
import { REDOC_FILE } from '../shared/api/docs-page.ts';
import { openApi } from '../shared/api/openapi.ts';
import type { Clock } from '../shared/kernel/time.ts';
import type { DynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { dynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { Environment } from '../shared/platform/environment.ts';
import { systemClock, useRuntime } from '../shared/platform/runtime.ts';
import type { WebFile } from '../web/build/build.ts';
import type { WebConfig } from '../web/build/web-host.ts';
import { allStores } from './all-stores.ts';
import { EVALUATE_STOCK, NOTIFY_ALERTS } from './deliver-records.ts';
import { localExportFiles } from './export-files.ts';
import { followStream } from './follow-stream.ts';
import { createIssuer } from './issuer.ts';
import { countLocally, drainQueue, localQueue, runJob } from './jobs.ts';
import { localOutbox } from './outbox.ts';
import { localPaths } from './paths.ts';
import { PRACTICE } from './practice.ts';
import { localSealStore } from './seals.ts';
import { createLocalServer, fetchWithin } from './server.ts';
import { localPages } from './showcase-files.ts';
import { demoPhone } from './stored-json.ts';
import { createTables, expireItems, findStreamArn, tableNames } from './tables.ts';
import { TYPST_FILES } from './typst-files.ts';

export type BahiOptions = {
  readonly endpoint: string;
  /** 0: any free port. */
  readonly port: number;
  /** Holds keys and stream positions. Without it they are in memory. */
  readonly folder?: string;
  readonly book?: string;
  readonly clock?: Clock;
  readonly client?: DynamoDbClient;
  /** Each costs the engine a write. */
  readonly streams?: boolean;
  /** The screens. */
  readonly web?: readonly WebFile[];
  readonly webConfig?: WebConfig;
};

const REDOC = new URL(`../web/redoc/${REDOC_FILE}`, import.meta.url);

export type Bahi = Awaited<ReturnType<typeof openBahi>>;

export const openBahi = async ({
  endpoint,
  port,
  folder,
  book = 'bahi',
  clock = systemClock,
  client,
  streams = true,
  web = [],
  webConfig = PRACTICE,
}: BahiOptions) => {
  const names = tableNames(book);
  const issuer = await createIssuer(folder && join(folder, 'issuer.json'), clock);
  const outbox = localOutbox(folder && join(folder, 'outbox.jsonl'));
  const phone = await demoPhone(folder && join(folder, 'phone.json'));
  const pages = localPages(folder && join(folder, 'site'));
  const exports = localExportFiles(folder && join(folder, 'exports'), clock);
  const server = createLocalServer({
    issuer,
    pages,
    exports,
    web,
    config: webConfig,
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
  let url = '';
  const startFunctions = () =>
    allStores(
      useRuntime(
        { environment, clock, client: connected, count: countLocally },
        {
          queue: localQueue,
          seals,
          site: { files: pages, origin: () => url },
          exports,
          messages: outbox,
          openApi: async () => openApi(),
          redoc: () => readFile(REDOC),
          typst: TYPST_FILES,
        },
      ),
    );
  startFunctions();
  const plain = dynamoDbClient(endpoint);
  await createTables(plain, names, streams);
  const streamed = async (table: 'Stock' | 'Alerts', place: string, watching: typeof EVALUATE_STOCK) =>
    followStream(endpoint, await findStreamArn(plain, names[table]), folder && join(folder, place), watching);
  // Stock records can create alert records, so they come first.
  const read = streams
    ? [
        await streamed('Stock', 'stock-stream.json', EVALUATE_STOCK),
        await streamed('Alerts', 'alerts-stream.json', NOTIFY_ALERTS),
      ]
    : [];
  url = await listen(server, port);

  return {
    url,
    /** Calls operations within this process, without a socket. */
    fetch: fetchWithin(issuer),
    issuer,
    phone,
    tables: names,
    seals,
    pages,
    exports,
    outbox,
    runJob,
    drainQueue,
    /** As DynamoDB's TTL does. */
    expireItems: () => expireItems(plain, names, clock),
    startFunctions,
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
    `Port ${port} is in use, perhaps by another Bahi. Stop that process, or set another port: PORT=3001 npm start.`,
  );

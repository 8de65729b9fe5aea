import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Engine, startEngine, startTemporaryEngine } from '../../local/engine/engine.ts';

let folder: string;
/** Processes that a test started, so that a failed test leaves none behind. */
let running: { stop(): unknown }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bahi-test-'));
  running = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.map((it) => it.stop()));
  await rm(folder, { recursive: true });
});

describe('Embedded engine', () => {
  it('It keeps its data across a stop and a start.', async () => {
    const first = await started();
    const client = clientOf(first.endpoint);
    await createTable(client);
    await put(client, 'A1');
    await first.stop();
    expect(await answers(first.endpoint)).toBe(false);

    const second = await started();
    expect(await numbersIn(clientOf(second.endpoint))).toEqual(['A1']);
  });

  it('It keeps every acknowledged write when its owner is killed while writing.', async () => {
    const owner = await startOwner();
    const client = clientOf(owner.endpoint);
    await createTable(client);

    const acknowledged: string[] = [];
    const writer = async (name: string) => {
      for (let serial = 1; ; serial++) {
        const number = `${name}${serial}`;
        await put(client, number);
        acknowledged.push(number);
      }
    };
    const writers = Promise.allSettled(['A', 'B', 'C', 'D'].map(writer));
    await vi.waitUntil(() => acknowledged.length >= 200, { timeout: PATIENCE, interval: 1 });
    await owner.kill('SIGKILL');
    await writers;

    const again = await started();
    expect(await numbersIn(clientOf(again.endpoint))).toEqual(expect.arrayContaining(acknowledged));
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('It ends with its owner: %s.', async (signal) => {
    const owner = await startOwner();
    expect(await answers(owner.endpoint)).toBe(true);
    await owner.kill(signal);
    await vi.waitFor(() => openAlone(join(folder, 'book.sqlite')), { timeout: PATIENCE, interval: 10 });
    expect(await answers(owner.endpoint)).toBe(false);
  });

  it('It still answers its owner after a Ctrl-C, so that the owner can finish.', async () => {
    const owner = await startOwner();
    await owner.pressCtrlC();
    expect(await owner.nextLine()).toBe('200');
    expect(await answers(owner.endpoint)).toBe(false);
  });

  it('It has one owner at a time, in this process and in others.', async () => {
    const owner = await startOwner();
    await expect(startEngine(folder)).rejects.toThrow(/Another Bahi is using this book .* Stop that one first/);
    await owner.kill('SIGKILL');

    const engine = await started();
    await expect(startEngine(folder)).rejects.toThrow('Another Bahi is using this book');
    await expect(startOwner()).rejects.toThrow('Another Bahi is using this book');

    await engine.stop();
    await started();
  });

  it('It prints nothing on the terminal.', async () => {
    const owner = await startOwner();
    await owner.kill('SIGTERM');
    expect(owner.complaints()).toBe('');
  });

  it('It finds the last stream record by an index.', async () => {
    await started();
    const book = new DatabaseSync(join(folder, 'book.sqlite'), { readOnly: true });
    const plan = book
      .prepare(
        'EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?',
      )
      .all(TableName);
    book.close();
    expect(plan).toEqual([
      expect.objectContaining({ detail: expect.stringContaining('USING COVERING INDEX stream_seq') }),
    ]);
  });

  it('It removes a temporary book when it stops.', async () => {
    vi.stubEnv('TMPDIR', folder);
    const engine = await started(startTemporaryEngine());
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^bahi-/)]);
    await engine.stop();
    expect(await readdir(folder)).toEqual([]);
  });

  it("It passes on the engine's output when it does not start.", async () => {
    const book = new DatabaseSync(join(folder, 'book.sqlite'));
    book.exec('CREATE TABLE _config (unexpected TEXT)');
    book.close();
    await expect(startEngine(folder)).rejects.toThrow(/did not start. It said:\n.*no column named key/s);
  });
});

const TableName = 'Vouchers';

/** Milliseconds until something hangs for sure. */
const PATIENCE = 300_000;

const started = async (starting: Promise<Engine> = startEngine(folder)) => {
  const engine = await starting;
  running.push(engine);
  return engine;
};

const clientOf = (endpoint: string) => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'ap-south-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  running.push({ stop: () => client.destroy() });
  return client;
};

const createTable = (client: DynamoDBClient) =>
  client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'number', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'number', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );

const put = (client: DynamoDBClient, number: string) =>
  client.send(new PutItemCommand({ TableName, Item: { number: { S: number } } }));

const numbersIn = async (client: DynamoDBClient) => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items.map((item) => item.number?.S).sort();
};

/** Another process that owns the engine, in its own process group, as under a terminal. */
const startOwner = async () => {
  const owner = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'own-engine.ts'), folder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(owner, 'close');
  running.push({ stop: () => owner.kill('SIGKILL') });
  let complaints = '';
  owner.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const lines = createInterface(owner.stdout)[Symbol.asyncIterator]();
  const endpoint = (await lines.next()).value;
  if (endpoint === undefined) throw await ended.then(() => new Error(complaints));
  return {
    endpoint,
    nextLine: async () => (await lines.next()).value,
    complaints: () => complaints,
    kill: async (signal: NodeJS.Signals) => {
      owner.kill(signal);
      await ended;
    },
    pressCtrlC: async () => {
      process.kill(-(owner.pid ?? 0), 'SIGINT');
      await ended;
    },
  };
};

/** Fails while any process has the book open. */
const openAlone = (file: string) => {
  const book = new DatabaseSync(file);
  try {
    book.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  } finally {
    book.close();
  }
};

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

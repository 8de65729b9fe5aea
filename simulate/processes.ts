import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Chance } from './chance.ts';
import { FAULTS, type Fault, meeting } from './faults.ts';
import type { Schedule } from './schedule.ts';

/** A process of the cloud that serves one request or job; it may die at one of its writes, before that is sent or when nobody hears of it. */
export type Process = { writes: number; died: boolean; readonly death?: Death | undefined };
export type Death = { readonly write: number; readonly when: 'unsent' | 'unheard' };

const current = new AsyncLocalStorage<Process>();

/** Runs in a process of its own; `died`: nothing more comes of it, whatever it says. */
export const inProcess = async <T>(death: Death | undefined, serve: () => Promise<T>) => {
  const process: Process = { writes: 0, died: false, death };
  const said = await current.run(process, serve);
  return { said, died: process.died };
};

/** How often, of a hundred. */
export type Weather = { readonly transactions: number; readonly writes: number; readonly reads: number };
export const FAIR: Weather = { transactions: 0, writes: 0, reads: 0 };
export const FOUL: Weather = { transactions: 12, writes: 4, reads: 1 };

const WRITES = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'TransactWriteItemsCommand']);
const ANY: readonly Fault[] = FAULTS.filter((fault) => fault !== 'none');
const OF_A_WRITE: readonly Fault[] = ['throttled', 'tooMuch', 'timeout', 'lostAnswer'];
const OF_A_READ: readonly Fault[] = ['throttled', 'tooMuch', 'timeout'];

/** A local engine looks for a signature, and not at it: to make one would be a quarter of the time. */
const NAMED =
  'AWS4-HMAC-SHA256 Credential=local/20261122/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0';
const SIGNER = {
  sign: async (request: { headers: Record<string, string> }) =>
    Object.assign(request, { headers: { ...request.headers, authorization: NAMED, 'x-amz-date': '20261122T000000Z' } }),
} as unknown as NonNullable<DynamoDBClientConfig['signer']>;

/** The client that the functions use: each of its calls waits for its turn, and meets the weather. It asks once: its own tries wait by the true clock. */
export const simulatedClient = (endpoint: string, chance: Chance, schedule: Schedule) => {
  let weather = FAIR;
  const client = new DynamoDBClient({
    ...{ endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, signer: SIGNER },
    ...{ maxAttempts: 1, requestHandler: { connectionTimeout: 60_000, requestTimeout: 60_000 } },
  });
  const faultFor = (command: string): Fault => {
    const [often, which] =
      command === 'TransactWriteItemsCommand'
        ? [weather.transactions, ANY]
        : WRITES.has(command)
          ? [weather.writes, OF_A_WRITE]
          : [weather.reads, OF_A_READ];
    return schedule.isRunning() && chance.often(often / 100) ? chance.pick(which) : 'none';
  };
  client.middlewareStack.add(
    (send, { commandName = '' }) =>
      (args) => {
        const process = current.getStore();
        const { TransactItems } = args.input as { TransactItems?: unknown[] };
        const ask = () => meeting(faultFor(commandName), TransactItems?.length ?? 1, () => send(args));
        return schedule.take(() => (process ? living(process, WRITES.has(commandName), ask) : ask()));
      },
    { step: 'initialize', priority: 'low', name: 'simulated' },
  );
  return {
    client,
    become: (next: Weather): void => {
      weather = next;
    },
  };
};

const living = async <T>(process: Process, writes: boolean, ask: () => Promise<T>): Promise<T> => {
  if (writes) process.writes++;
  const { death, died } = process;
  const isDue = death !== undefined && writes && process.writes >= death.write;
  if (died || (isDue && death.when === 'unsent')) return die(process);
  const answer = await ask();
  return isDue ? die(process) : answer;
};

const die = (process: Process): never => {
  process.died = true;
  throw new Error('the process died');
};

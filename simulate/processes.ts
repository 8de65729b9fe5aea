import { AsyncLocalStorage } from 'node:async_hooks';
import { dynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { type Fault, READ_FAULTS, sendWithFault, TRANSACTION_FAULTS, WRITE_FAULTS } from './faults.ts';
import type { Schedule } from './schedule.ts';
import type { SeededRandom } from './seeded-random.ts';

type Process = { writes: number; died: boolean; readonly death?: Death | undefined };

export type Death = { readonly write: number; readonly when: 'unsent' | 'unheard' };

const current = new AsyncLocalStorage<Process>();

/** After `died` nothing counts. */
export const runInProcess = async <T>(death: Death | undefined, serve: () => Promise<T>) => {
  const process: Process = { writes: 0, died: false, death };
  const said = await current.run(process, serve);
  return { said, died: process.died };
};

/** In percent. */
export type FaultRates = { readonly transactions: number; readonly writes: number; readonly reads: number };

export const NO_FAULTS: FaultRates = { transactions: 0, writes: 0, reads: 0 };
export const MANY_FAULTS: FaultRates = { transactions: 12, writes: 4, reads: 1 };

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);

/** The engine does not verify signatures. Signing would take a quarter of the time. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20261122/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0';
const sign = (headers: Readonly<Record<string, string>>) => ({
  ...headers,
  authorization: AUTHORIZATION,
  'x-amz-date': '20261122T000000Z',
});

/** No retries: those wait by the true clock. */
export const simulatedClient = (endpoint: string, chance: SeededRandom, schedule: Schedule) => {
  let weather = NO_FAULTS;
  const client = dynamoDbClient(endpoint, { sign, maxAttempts: 1 });
  const faultFor = (operation: string): Fault => {
    const [often, which] =
      operation === 'TransactWriteItems'
        ? [weather.transactions, TRANSACTION_FAULTS]
        : WRITES.has(operation)
          ? [weather.writes, WRITE_FAULTS]
          : [weather.reads, READ_FAULTS];
    return schedule.isRunning() && chance.isChosen(often / 100) ? chance.pick(which) : 'none';
  };
  client.intercept('command', ({ operation, input }, send) => {
    const process = current.getStore();
    const { TransactItems } = input as { TransactItems?: unknown[] };
    const ask = () => sendWithFault(faultFor(operation), TransactItems?.length ?? 1, () => send(input));
    return schedule.runAlone(() => (process ? runUntilDeath(process, WRITES.has(operation), ask) : ask()));
  });
  return {
    client,
    become: (next: FaultRates): void => {
      weather = next;
    },
  };
};

const runUntilDeath = async <T>(process: Process, writes: boolean, ask: () => Promise<T>): Promise<T> => {
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

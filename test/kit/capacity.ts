import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { engineClient } from './fast-clients.ts';

/** One call: its input, its units by table, and those of them that indexes took. */
export type Call = {
  readonly command: string;
  readonly units: Record<string, number>;
  readonly indexes: number;
  readonly input: object;
};

const WRITES = new Set(['PutItem', 'UpdateItem', 'TransactWriteItems']);
export const isWrite = ({ command }: Call): boolean => WRITES.has(command);

type Units = { readonly CapacityUnits?: number };
type Consumed = Units & { readonly TableName?: string; readonly GlobalSecondaryIndexes?: Record<string, Units> };

type Counted = Omit<Call, 'indexes'> & { indexes: number };

type CallObserver = { onSent?(call: Call): void; onAnswered?(call: Call): void };

/**
 * The functions' client. It records each call when it is sent and its capacity units when the
 * engine answers. A refused call has none.
 */
export const observedClient = (endpoint: string, { onSent, onAnswered }: CallObserver): DynamoDbClient => {
  const client: DynamoDbClient = engineClient(endpoint);
  client.intercept('command', async ({ operation: command, input }, send) => {
    const call: Counted = { command, units: {}, indexes: 0, input };
    onSent?.(call);
    const answer = await send({ ...input, ReturnConsumedCapacity: 'INDEXES' });
    const { ConsumedCapacity: consumed } = answer as { ConsumedCapacity?: Consumed | Consumed[] };
    for (const one of [consumed ?? []].flat()) count(call, one);
    onAnswered?.(call);
    return answer;
  });
  return client;
};

/** An observed client that keeps the calls. */
export const meteredClient = (endpoint: string) => {
  let calls: Call[] = [];
  const client = observedClient(endpoint, { onSent: (call) => void calls.push(call) });
  return {
    client,
    /** The calls made while this ran. */
    callsOf: async (run: () => Promise<unknown>): Promise<readonly Call[]> => {
      calls = [];
      await run();
      return [...calls];
    },
  };
};

const count = (call: Counted, { TableName = '', CapacityUnits = 0, GlobalSecondaryIndexes = {} }: Consumed): void => {
  const table = TableName.split('-').at(-1) ?? '';
  call.units[table] = (call.units[table] ?? 0) + CapacityUnits;
  call.indexes += total(Object.values(GlobalSecondaryIndexes).map((index) => index.CapacityUnits ?? 0));
};

export const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
const sum = (calls: readonly Call[]): number => total(calls.flatMap(({ units }) => Object.values(units)));

/** `2 GetItem, PutItem`, and the units read and written, those of indexes among them. */
export const costOf = (calls: readonly Call[]) => {
  const counts = [...Map.groupBy(calls, ({ command }) => command)];
  const writing = calls.filter(isWrite);
  return {
    calls:
      counts.map(([command, same]) => (same.length > 1 ? `${same.length} ${command}` : command)).join(', ') || 'none',
    reads: sum(calls.filter((call) => !isWrite(call))),
    writes: sum(writing),
    indexes: total(writing.map(({ indexes }) => indexes)),
  };
};

/**
 * An item's size as DynamoDB counts it: names and text in UTF-8, two digits a byte, 3 bytes a list
 * or map and 1 an element.
 */
export const sizeOf = (item: object): number =>
  Object.entries(marshall(item, { removeUndefinedValues: true })).reduce(
    (bytes, [name, value]) => bytes + Buffer.byteLength(name) + sizeOfValue(value),
    0,
  );

/** A byte for every two digits, without leading and trailing zeros, and one more. */
const sizeOfNumber = (text: string): number => {
  const digits = text.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
};

const sizeOfValue = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return sizeOfNumber(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.L !== undefined) return 3 + value.L.reduce((bytes, one) => bytes + 1 + sizeOfValue(one), 0);
  if (value.M !== undefined)
    return Object.entries(value.M).reduce(
      (bytes, [name, one]) => bytes + 1 + Buffer.byteLength(name) + sizeOfValue(one),
      3,
    );
  return 1;
};

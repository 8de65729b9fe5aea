import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { type Fault, sendWithFault } from '../../simulate/faults.ts';

export { conflict, FAULTS, type Fault } from '../../simulate/faults.ts';

export type FaultyClient = {
  readonly client: DynamoDBClient;
  /** Asked before every transaction, from now on. */
  meet(next: () => Fault): void;
};

/** The client the functions use, on whose transactions faults come as they are asked for, after the SDK's own tries. */
export const faultyClient = (endpoint: string): FaultyClient => {
  const client = dynamoDbClient(endpoint);
  let next: () => Fault = () => 'none';
  client.middlewareStack.add(
    (send, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return send(args);
      const { TransactItems = [] } = args.input as { TransactItems?: unknown[] };
      return sendWithFault(next(), TransactItems.length, () => send(args));
    },
    { step: 'initialize', priority: 'low', name: 'faults' },
  );
  return {
    client,
    meet: (asked) => {
      next = asked;
    },
  };
};

/** One after the other; after the last, none. */
export const inOrder = (faults: readonly Fault[]): (() => Fault) => {
  const left = faults.values();
  return () => left.next().value ?? 'none';
};

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

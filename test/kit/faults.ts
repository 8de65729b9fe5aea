import {
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { connect } from '../../shared/data/client.ts';

/** What can become of a transaction: nothing done in the first four; done in the others, once or twice, and told or not. */
export const FAULTS = ['conflict', 'throttled', 'tooMuch', 'timeout', 'lostAnswer', 'sentTwice', 'none'] as const;
export type Fault = (typeof FAULTS)[number];

export type FaultyClient = {
  readonly client: DynamoDBClient;
  /** Asked before every transaction, from now on. */
  meet(next: () => Fault): void;
};

const metadata = { message: 'injected', $metadata: {} };
const timeout = () => Object.assign(new Error('injected'), { name: 'TimeoutError' });

/** As DynamoDB says it: one of the rows was in another's transaction, the others say nothing. */
export const conflict = (actions: number) => {
  const CancellationReasons = Array.from({ length: actions }, (_, at) => ({
    Code: at === actions - 1 ? 'TransactionConflict' : 'None',
  }));
  return new TransactionCanceledException({ ...metadata, CancellationReasons });
};

/** The client the functions use, on whose transactions faults come as they are asked for, after the SDK's own tries. */
export const faultyClient = (endpoint: string): FaultyClient => {
  const client = connect(endpoint);
  let next: () => Fault = () => 'none';
  client.middlewareStack.add(
    (send, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return send(args);
      const { TransactItems = [] } = args.input as { TransactItems?: unknown[] };
      switch (next()) {
        case 'conflict':
          throw conflict(TransactItems.length);
        case 'throttled':
          throw new ThrottlingException(metadata);
        case 'tooMuch':
          throw new ProvisionedThroughputExceededException(metadata);
        case 'timeout':
          throw timeout();
        case 'lostAnswer':
          await send(args);
          throw timeout();
        case 'sentTwice':
          await send(args);
          return send(args);
        case 'none':
          return send(args);
      }
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

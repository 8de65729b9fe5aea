import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';

/** One command that writes: the items it names, as text, and how many they are. */
export type Write = { readonly says: string; readonly actions: number };

/** What happens to commands from now on; what throws stands for the command's own failure. */
export type Watch = {
  readonly any?: () => void;
  readonly before?: (write: Write) => unknown;
  readonly after?: (write: Write) => unknown;
};

const WRITES = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'TransactWriteItemsCommand']);

/** The client the functions use, on which something happens right before a write is sent, and right after it was done. */
export const watchedClient = (endpoint: string) => {
  const client: DynamoDBClient = dynamoDbClient(endpoint);
  let watch: Watch = {};
  client.middlewareStack.add(
    (send, { commandName = '' }) =>
      async (args) => {
        watch.any?.();
        if (!WRITES.has(commandName)) return send(args);
        const { TransactItems } = args.input as { TransactItems?: unknown[] };
        const write = { says: JSON.stringify(args.input), actions: TransactItems?.length ?? 1 };
        await watch.before?.(write);
        const answer = await send(args);
        await watch.after?.(write);
        return answer;
      },
    { step: 'initialize', priority: 'low', name: 'watched' },
  );
  return {
    client,
    watch: (next: Watch): void => {
      watch = next;
    },
  };
};

/** At which of its writes a process dies: before that one is sent, or when it is done and nobody hears of it. */
export type Death = { readonly write: number; readonly when: 'unsent' | 'unheard' };

/** A process of which nothing comes any more from its death on: what it had sent by then is done, or not. */
export const mortalClient = (endpoint: string, { write, when }: Death) => {
  const { client, watch } = watchedClient(endpoint);
  let [writes, died] = [0, false];
  const die = () => {
    died = true;
    throw new Error('the process died');
  };
  const alive = () => (died ? die() : undefined);
  watch({
    any: alive,
    before: () => {
      writes++;
      if (when === 'unsent' && writes >= write) die();
    },
    after: () => {
      if (when === 'unheard' && writes >= write) die();
      alive();
    },
  });
  return { client, hasDied: () => died };
};

/** An index that lags: what is asked of `openAt` is answered as it was answered first, as long as it lags. */
export const laggingClient = (endpoint: string) => {
  const client: DynamoDBClient = dynamoDbClient(endpoint);
  const first = new Map<string, unknown>();
  client.middlewareStack.add(
    (send, { commandName = '' }) =>
      async (args) => {
        const { IndexName } = args.input as { IndexName?: string };
        if (commandName !== 'QueryCommand' || IndexName !== 'openAt') return send(args);
        const said = JSON.stringify(args.input);
        const answer = (first.get(said) as Awaited<ReturnType<typeof send>> | undefined) ?? (await send(args));
        first.set(said, answer);
        return answer;
      },
    { step: 'initialize', priority: 'low', name: 'lagging' },
  );
  return { client, catchUp: (): void => first.clear() };
};

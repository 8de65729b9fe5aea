import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import type { TableName } from '../../shared/platform/tables.ts';

/** The client the functions use, into which something can be put between a decision and its write. */
export const interposedClient = (endpoint: string) => {
  const client: DynamoDBClient = dynamoDbClient(endpoint);
  const waiting = new Map<string, () => Promise<unknown>>();
  client.middlewareStack.add(
    (send, { commandName }) =>
      async (args) => {
        const { TableName: name = '' } = args.input as { TableName?: string };
        const table = name.split('-').at(-1) ?? '';
        const first = commandName === 'PutItemCommand' ? waiting.get(table) : undefined;
        if (first) {
          waiting.delete(table);
          await first();
        }
        return send(args);
      },
    { step: 'initialize', priority: 'low', name: 'interposed' },
  );
  /** Done when the next item for this table has been decided, and before it is written. */
  const beforeNextPut = (table: TableName, first: () => Promise<unknown>): void => void waiting.set(table, first);
  return {
    client,
    beforeNextPut,
    beforeNextAlert: (first: () => Promise<unknown>): void => beforeNextPut('Alerts', first),
  };
};

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connect } from '../../shared/data/client.ts';

/** The client the functions use, into which something can be put between a decision and its write. */
export const interposedClient = (endpoint: string) => {
  const client: DynamoDBClient = connect(endpoint);
  let waiting: (() => Promise<unknown>) | undefined;
  client.middlewareStack.add(
    (send, { commandName }) =>
      async (args) => {
        const { TableName = '' } = args.input as { TableName?: string };
        if (waiting && commandName === 'PutItemCommand' && TableName.endsWith('-Alerts')) {
          const first = waiting;
          waiting = undefined;
          await first();
        }
        return send(args);
      },
    { step: 'initialize', priority: 'low', name: 'interposed' },
  );
  return {
    client,
    /** Done when the next alert has been decided, and before it is written. */
    beforeNextAlert: (first: () => Promise<unknown>): void => {
      waiting = first;
    },
  };
};

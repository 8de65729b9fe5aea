import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';

type Command = 'GetItem' | 'PutItem' | 'BatchGetItem' | 'Query' | 'TransactWriteItems';
type Step = { readonly command: Command; readonly act: () => Promise<unknown> };

/** The client the functions use, into which something can be put before any of its next commands, once. */
export const steppedClient = (endpoint: string) => {
  const client: DynamoDBClient = dynamoDbClient(endpoint);
  let steps: Step[] = [];
  let sent: object[] = [];
  client.middlewareStack.add(
    (send, { commandName = '' }) =>
      async (args) => {
        const at = steps.findIndex(({ command }) => commandName === `${command}Command`);
        const [step] = at < 0 ? [] : steps.splice(at, 1);
        await step?.act();
        sent.push({ ...args.input, command: commandName });
        return send(args);
      },
    { step: 'initialize', priority: 'low', name: 'stepped' },
  );
  return {
    client,
    /** One after the other: the first before the next such command, and so on. */
    beforeNext: (command: Command, ...acts: readonly (() => Promise<unknown>)[]): void => {
      steps = acts.map((act) => ({ command, act }));
    },
    /** The day books that were read while this ran. */
    booksReadBy: async (run: () => Promise<unknown>): Promise<string[]> => {
      sent = [];
      await run();
      return sent.flatMap((input) => {
        if (!('ExpressionAttributeValues' in input) || !('command' in input) || input.command !== 'QueryCommand')
          return [];
        const book = Object.values(input.ExpressionAttributeValues as object)
          .map(String)
          .join();
        // Beside the day books: what their closes ask for.
        return book.endsWith('#asked') ? [] : [book];
      });
    },
  };
};

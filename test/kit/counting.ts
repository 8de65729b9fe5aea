import { inject } from 'vitest';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';

/** A client that keeps the name of every command it is given: `GetCommand`, `TransactWriteCommand`, … */
export const countingClient = () => {
  const client = dynamoDbClient(inject('endpoint'));
  const sent: string[] = [];
  client.middlewareStack.add(
    (next, context) => (asked) => {
      sent.push(String(context.commandName));
      return next(asked);
    },
    { step: 'initialize', name: 'keepNames' },
  );
  return { client, sent };
};

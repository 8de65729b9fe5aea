import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import type { TableName } from '../../shared/platform/tables.ts';

type Loss = {
  readonly table: TableName;
  readonly times: number;
  readonly before?: (() => Promise<unknown>) | undefined;
};

/**
 * The client the functions use, which loses answers: an item is written, or refused, and nobody hears of it. Lost once, the SDK asks again by
 * itself; lost twice, it gives up, and whoever called it must.
 */
export const losingClient = (endpoint: string) => {
  const client: DynamoDBClient = dynamoDbClient(endpoint);
  let loss: Loss | undefined;
  client.middlewareStack.add(
    (send, { commandName }) =>
      async (args) => {
        const { TableName = '' } = args.input as { TableName?: string };
        if (!loss || commandName !== 'PutItemCommand' || !TableName.endsWith(`-${loss.table}`)) return send(args);
        const { before, times } = loss;
        loss = times > 1 ? { ...loss, times: times - 1, before: undefined } : undefined;
        await before?.();
        await send(args).catch(() => 'a refusal is lost as well');
        throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
      },
    { step: 'finalizeRequest', priority: 'low', name: 'losing' },
  );
  return {
    client,
    /** Of the next item for this table, so many answers are lost; `before` is done before it is first written. */
    loseNext: (next: Loss): void => {
      loss = next;
    },
  };
};

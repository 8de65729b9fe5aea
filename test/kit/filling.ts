import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { concurrently } from '../../shared/platform/tasks.ts';

/** DynamoDB takes up to 25 items in one BatchWriteItem. */
const MOST = 25;
const AT_ONCE = 4;

/**
 * Puts many items without conditions, as single writes would leave them. For books too large to
 * record sale by sale.
 */
export const fill = async (client: DynamoDBClient, table: string, items: Iterable<object>): Promise<void> => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  await concurrently(AT_ONCE, chunked(items), async (some) => {
    let left = { [table]: some.map((Item) => ({ PutRequest: { Item } })) };
    while (left[table]?.length) {
      const { UnprocessedItems = {} } = await documents.send(new BatchWriteCommand({ RequestItems: left }));
      left = UnprocessedItems as typeof left;
    }
  });
};

function* chunked(items: Iterable<object>): Generator<object[]> {
  let some: object[] = [];
  for (const item of items) {
    some.push(item);
    if (some.length < MOST) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

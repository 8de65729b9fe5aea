import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { BatchWriteCommand, ScanCommand } from '../../shared/platform/dynamodb-commands.ts';
import { concurrently } from '../../shared/platform/tasks.ts';

/** DynamoDB takes up to 25 items in one BatchWriteItem. */
const MOST = 25;
const AT_ONCE = 4;

/**
 * Puts many items without conditions, as single writes would leave them. For books too large to
 * record sale by sale.
 */
export const fill = async (client: DynamoDbClient, table: string, items: Iterable<object>): Promise<void> => {
  await concurrently(AT_ONCE, chunked(items), async (some) => {
    let left = { [table]: some.map((Item) => ({ PutRequest: { Item } })) };
    while (left[table]?.length) {
      const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems: left }));
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

/** All items of a table, page by page. */
export async function* scanPages(client: DynamoDbClient, TableName: string): AsyncGenerator<Record<string, unknown>[]> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const scan = new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await client.send(scan);
    yield Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Clock, millisecondsOf } from '../shared/kernel/time.ts';
import { TABLE_NAMES, TABLES, type TableDefinition, type TableName } from '../shared/platform/tables.ts';

type TableNames = Readonly<Record<TableName, string>>;
type Row = Record<string, AttributeValue>;

/** Returns how many it deletes. */
export const expireItems = async (client: DynamoDBClient, names: TableNames, clock: Clock): Promise<number> => {
  const now = String(Math.floor(millisecondsOf(clock.now()) / 1_000));
  let expired = 0;
  for (const table of TABLE_NAMES) {
    const { key, ttlAttribute }: TableDefinition = TABLES[table];
    if (ttlAttribute === undefined) continue;
    const lapsed = {
      TableName: names[table],
      ExpressionAttributeNames: { '#lapses': ttlAttribute },
      ExpressionAttributeValues: { ':now': { N: now } },
    };
    let after: Row | undefined;
    do {
      const scan = new ScanCommand({ ...lapsed, FilterExpression: '#lapses < :now', ExclusiveStartKey: after });
      const { Items = [], LastEvaluatedKey } = await client.send(scan);
      for (const item of Items) {
        const Key = Object.fromEntries(Object.entries(item).filter(([name]) => key.includes(name)));
        await client.send(new DeleteItemCommand({ ...lapsed, Key, ConditionExpression: '#lapses < :now' }));
        expired += 1;
      }
      after = LastEvaluatedKey;
    } while (after);
  }
  return expired;
};

import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { type Clock, millisecondsOf } from '../shared/kernel/time.ts';
import { TABLE_NAMES, TABLES, type TableDefinition, type TableName } from '../shared/platform/tables.ts';

/** An engine may hold several books. */
export const tableNames = (book: string): Record<TableName, string> =>
  Object.fromEntries(TABLE_NAMES.map((table) => [table, `${book}-${table}`])) as Record<TableName, string>;

/** Without recovery and protection. */
export const createTables = async (
  client: DynamoDBClient,
  names: Record<TableName, string>,
  streams: boolean,
): Promise<void> => {
  for (const table of TABLE_NAMES) {
    const shape: TableDefinition = TABLES[table];
    const { key, indexes } = shape;
    const attributes = new Set([key, ...Object.values(indexes).map((index) => index.key)].flat());
    const create = new CreateTableCommand({
      TableName: names[table],
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(key),
      ...(Object.keys(indexes).length > 0 && {
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
          IndexName,
          KeySchema: keySchema(index.key),
          Projection: { ProjectionType: index.projection },
        })),
      }),
      ...(shape.stream &&
        streams && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    });
    await client.send(create).catch((error: unknown) => {
      if (!(error instanceof ResourceInUseException)) throw error;
    });
    if (shape.stream && streams) await enableStream(client, names[table]);
  }
};

/** Older books lack a stream. */
const enableStream = async (client: DynamoDBClient, table: string): Promise<void> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  if (Table?.StreamSpecification?.StreamEnabled) return;
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };
  await client.send(new UpdateTableCommand({ TableName: table, StreamSpecification }));
};

const keySchema = ([partition, sort]: readonly [string, string]) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

export const findStreamArn = async (client: DynamoDBClient, table: string): Promise<string> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  if (!Table?.LatestStreamArn) throw new Error(`table ${table} has no stream`);
  return Table.LatestStreamArn;
};

type TableNames = Readonly<Record<TableName, string>>;

type Row = Record<string, AttributeValue>;

/** Returns how many it deletes. */
export const expireItems = async (client: DynamoDBClient, names: TableNames, clock: Clock): Promise<number> => {
  const now = String(Math.floor(millisecondsOf(clock.now()) / 1_000));
  let expired = 0;
  for (const table of TABLE_NAMES) {
    const { key, ttlAttribute }: TableDefinition = TABLES[table];
    if (ttlAttribute === undefined) continue;
    const expiredItems = {
      TableName: names[table],
      ExpressionAttributeNames: { '#lapses': ttlAttribute },
      ExpressionAttributeValues: { ':now': { N: now } },
    };
    let after: Row | undefined;
    do {
      const scan = new ScanCommand({ ...expiredItems, FilterExpression: '#lapses < :now', ExclusiveStartKey: after });
      const { Items = [], LastEvaluatedKey } = await client.send(scan);
      for (const item of Items) {
        const Key = Object.fromEntries(Object.entries(item).filter(([name]) => key.includes(name)));
        await client.send(new DeleteItemCommand({ ...expiredItems, Key, ConditionExpression: '#lapses < :now' }));
        expired += 1;
      }
      after = LastEvaluatedKey;
    } while (after);
  }
  return expired;
};

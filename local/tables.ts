import type {
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DescribeTableCommandInput,
  DescribeTableCommandOutput,
  UpdateTableCommandInput,
  UpdateTableCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Clock, millisecondsOf } from '../shared/kernel/time.ts';
import type { DynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { Command, DeleteCommand, ScanCommand } from '../shared/platform/dynamodb-commands.ts';
import { TABLE_NAMES, TABLES, type TableDefinition, type TableName } from '../shared/platform/tables.ts';

/** An engine may hold several books. */
export const tableNames = (book: string): Record<TableName, string> =>
  Object.fromEntries(TABLE_NAMES.map((table) => [table, `${book}-${table}`])) as Record<TableName, string>;

/** Without recovery and protection. */
export const createTables = async (
  client: DynamoDbClient,
  names: Record<TableName, string>,
  streams: boolean,
): Promise<void> => {
  for (const table of TABLE_NAMES) {
    const shape: TableDefinition = TABLES[table];
    const { key, indexes } = shape;
    const attributes = new Set([key, ...Object.values(indexes).map((index) => index.key)].flat());
    const create = new Command<CreateTableCommandInput, CreateTableCommandOutput>('CreateTable', {
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
      if (!(error instanceof Error && error.name === 'ResourceInUseException')) throw error;
    });
    if (shape.stream && streams) await enableStream(client, names[table]);
  }
};

/** Older books lack a stream. */
const enableStream = async (client: DynamoDbClient, table: string): Promise<void> => {
  const Table = await describeTable(client, table);
  if (Table?.StreamSpecification?.StreamEnabled) return;
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };
  const update = { TableName: table, StreamSpecification };
  await client.send(new Command<UpdateTableCommandInput, UpdateTableCommandOutput>('UpdateTable', update));
};

const describeTable = async (client: DynamoDbClient, TableName: string) => {
  const command = new Command<DescribeTableCommandInput, DescribeTableCommandOutput>('DescribeTable', { TableName });
  return (await client.send(command)).Table;
};

const keySchema = ([partition, sort]: readonly [string, string]) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

export const findStreamArn = async (client: DynamoDbClient, table: string): Promise<string> => {
  const Table = await describeTable(client, table);
  if (!Table?.LatestStreamArn) throw new Error(`table ${table} has no stream`);
  return Table.LatestStreamArn;
};

type TableNames = Readonly<Record<TableName, string>>;

type Row = Record<string, unknown>;

/** Returns how many it deletes. */
export const expireItems = async (client: DynamoDbClient, names: TableNames, clock: Clock): Promise<number> => {
  const now = Math.floor(millisecondsOf(clock.now()) / 1_000);
  let expired = 0;
  for (const table of TABLE_NAMES) {
    const { key, ttlAttribute }: TableDefinition = TABLES[table];
    if (ttlAttribute === undefined) continue;
    const expiredItems = {
      TableName: names[table],
      ExpressionAttributeNames: { '#lapses': ttlAttribute },
      ExpressionAttributeValues: { ':now': now },
    };
    let after: Row | undefined;
    do {
      const scan = new ScanCommand({ ...expiredItems, FilterExpression: '#lapses < :now', ExclusiveStartKey: after });
      const { Items = [], LastEvaluatedKey } = await client.send(scan);
      for (const item of Items) {
        const Key = Object.fromEntries(Object.entries(item).filter(([name]) => key.includes(name)));
        await client.send(new DeleteCommand({ ...expiredItems, Key, ConditionExpression: '#lapses < :now' }));
        expired += 1;
      }
      after = LastEvaluatedKey;
    } while (after);
  }
  return expired;
};

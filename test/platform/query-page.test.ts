import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createTables, tableNames } from '../../local/tables.ts';
import { InvalidCursorError } from '../../shared/kernel/pages.ts';
import { dynamoDbClient, type Tables } from '../../shared/platform/dynamodb-client.ts';
import { PutCommand } from '../../shared/platform/dynamodb-commands.ts';
import { queryPage } from '../../shared/platform/query-page.ts';

const client = dynamoDbClient(inject('endpoint'));
const names = tableNames(`test-${randomUUID()}`);
const tables: Tables = { client, name: (table) => names[table] };
const to = 'staff:S001';

beforeAll(async () => {
  await createTables(client, names, false);
  for (const message of ['a#1', 'a#2', 'b#1', 'b#2', 'b#3', 'c#1'])
    await client.send(new PutCommand({ TableName: names.Messages, Item: { to, message } }));
});
afterAll(() => client.destroy());

const CONDITIONS = {
  begins_with: ['begins_with(message, :first)', { ':first': 'b#' }],
  BETWEEN: ['message BETWEEN :first AND :last', { ':first': 'b#', ':last': 'b#~' }],
  '<': ['message < :first', { ':first': 'b#' }],
  '>=': ['message >= :first', { ':first': 'b#' }],
} as const;

it.each([
  ['begins_with', 'b#1', ['b#2', 'b#3']],
  ['BETWEEN', 'b#1', ['b#2', 'b#3']],
  ['<', 'a#1', ['a#2']],
  ['>=', 'b#2', ['b#3', 'c#1']],
] as const)('A page of a query with %s continues after a start within it.', async (condition, after, rows) => {
  expect((await pageOf(condition, after)).rows).toEqual(rows);
});

it.each([
  ['begins_with', 'a#1'],
  ['begins_with', 'B#1'],
  ['begins_with', 'c#1'],
  ['BETWEEN', 'a#2'],
  ['BETWEEN', 'c#1'],
  ['<', 'b#'],
  ['<', 'c#1'],
  ['>=', 'a#9'],
] as const)(
  'A start outside a query with %s, which DynamoDB refuses, is refused here: %s.',
  async (condition, after) => {
    await expect(pageOf(condition, after)).rejects.toThrow(InvalidCursorError);
  },
);

it("A start that only DynamoDB refuses is a caller's error.", async () => {
  const refusing = dynamoDbClient(inject('endpoint'));
  refusing.intercept('command', async () => {
    throw Object.assign(new Error('The provided starting key is invalid'), { name: 'ValidationException' });
  });
  const pageAfter = (after: string[] | undefined) =>
    queryPage(
      { client: refusing, name: tables.name },
      'Messages',
      { fixedKeys: { to }, positionKeys: ['message'], after },
      {},
      (row) => row,
    );
  await expect(pageAfter(['a#1'])).rejects.toThrow(InvalidCursorError);
  await expect(pageAfter(undefined)).rejects.toThrow('The provided starting key is invalid');
  refusing.destroy();
});

const pageOf = (condition: keyof typeof CONDITIONS, after: string) => {
  const [expression, values] = CONDITIONS[condition];
  const query = {
    KeyConditionExpression: `#to = :to AND ${expression}`,
    ExpressionAttributeNames: { '#to': 'to' },
    ExpressionAttributeValues: { ':to': to, ...values },
  };
  return queryPage(
    tables,
    'Messages',
    { fixedKeys: { to }, positionKeys: ['message'], after: [after] },
    query,
    (row) => row.message,
  );
};

import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../contract/tables.ts';
import { ForeignPosition, type Page, type Position } from '../domain/pages.ts';
import type { Tables } from './client.ts';

type Row = Record<string, unknown>;

/** Rows a page: a day book's worth of a busy stall, and well under DynamoDB's megabyte. */
const LIMIT = 100;

/** Where a query walks: `fixed` keys, and the names of those that move, which are a position's parts in their order. */
type Walk = { readonly fixed: Row; readonly moving: readonly string[]; readonly after: Position | undefined };

/** One page of a query, each row read by `to`. A position that does not belong to it is `ForeignPosition`. */
export const queryPage = async <T>(
  { client, name }: Tables,
  table: TableName,
  { fixed, moving, after }: Walk,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>,
  to: (row: Row) => T,
): Promise<Page<T>> => {
  if (after && after.length !== moving.length) throw new ForeignPosition();
  const start = after && Object.fromEntries(moving.map((key, at) => [key, after[at]]));
  const ask = new QueryCommand({
    ...query,
    TableName: name(table),
    Limit: LIMIT,
    ...(start && { ExclusiveStartKey: { ...fixed, ...start } }),
  });
  const { Items = [], LastEvaluatedKey: last } = await client.send(ask).catch((error: unknown) => {
    // DynamoDB checks that a start lies within the query, such as within the state of the alerts asked for.
    throw after && error instanceof Error && error.name === 'ValidationException' ? new ForeignPosition() : error;
  });
  return { rows: Items.map(to), next: last && moving.map((key) => String(last[key])) };
};

/** The partition is this one: the condition of almost every query. */
export const within = (key: string, value: string) => ({
  KeyConditionExpression: '#within = :within',
  ExpressionAttributeNames: { '#within': key },
  ExpressionAttributeValues: { ':within': value },
});

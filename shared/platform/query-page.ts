import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { InvalidCursorError, type Page, type PagePosition } from '../kernel/pages.ts';
import type { Tables } from './dynamodb-client.ts';
import type { TableName } from './tables.ts';

type StoredRow = Record<string, unknown>;

/** Rows a page: a day book's worth of a busy stall, and well under DynamoDB's megabyte. */
const PAGE_SIZE = 100;

/** Where a query walks: `fixed` keys, and the names of those that move, which are a position's parts in their order. */
type PageKeys = {
  readonly fixed: StoredRow;
  readonly moving: readonly string[];
  readonly after: PagePosition | undefined;
};

/** One page of a query, each row read by `to`. A position that does not belong to it is `ForeignPosition`. */
export const queryPage = async <T>(
  { client, name }: Tables,
  table: TableName,
  { fixed, moving, after }: PageKeys,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>,
  to: (row: StoredRow) => T,
): Promise<Page<T>> => {
  if (after && (after.length !== moving.length || !isWithinKeyRange(query, after[0]))) throw new InvalidCursorError();
  const start = after && Object.fromEntries(moving.map((key, at) => [key, after[at]]));
  const ask = new QueryCommand({
    ...query,
    TableName: name(table),
    Limit: PAGE_SIZE,
    ...(start && { ExclusiveStartKey: { ...fixed, ...start } }),
  });
  const { Items = [], LastEvaluatedKey: last } = await client.send(ask).catch((error: unknown) => {
    // DynamoDB refuses a start that no item of the index can have.
    throw after && error instanceof Error && error.name === 'ValidationException' ? new InvalidCursorError() : error;
  });
  return { rows: Items.map(to), next: last && moving.map((key) => String(last[key])) };
};

type KeyBound = { readonly holds: (value: Buffer, bounds: readonly Buffer[]) => boolean; readonly pattern: RegExp };

/** What a key condition may say of the sort key. DynamoDB compares keys as UTF-8 bytes. */
const KEY_BOUNDS: readonly KeyBound[] = [
  {
    pattern: /begins_with\(\s*#?\w+\s*,\s*(:\w+)\s*\)/,
    holds: (value, [prefix]) => prefix !== undefined && value.subarray(0, prefix.length).equals(prefix),
  },
  {
    pattern: /BETWEEN\s+(:\w+)\s+AND\s+(:\w+)/,
    holds: (value, [first, last]) => !!first && !!last && value.compare(first) >= 0 && value.compare(last) <= 0,
  },
  { pattern: /<\s*(:\w+)/, holds: (value, [end]) => !!end && value.compare(end) < 0 },
  { pattern: />=\s*(:\w+)/, holds: (value, [first]) => !!first && value.compare(first) >= 0 },
];

/** DynamoDB refuses a start outside the range that is asked for, such as of another state. The embedded engine does not, so it is checked here. */
const isWithinKeyRange = (
  { KeyConditionExpression = '', ExpressionAttributeValues = {} }: Omit<QueryCommandInput, 'TableName'>,
  sortKey: string | undefined,
): boolean =>
  KEY_BOUNDS.every(({ pattern, holds }) => {
    const names = pattern.exec(KeyConditionExpression)?.slice(1);
    if (!names) return true;
    return (
      sortKey !== undefined &&
      holds(
        Buffer.from(sortKey),
        names.map((name) => Buffer.from(String(ExpressionAttributeValues[name]))),
      )
    );
  });

/**
 * The same for a list that must answer though a row in it is bad: what cannot be read is left out, counted on the
 * page and told to `unreadable`.
 */
export const queryReadablePage = async <T>(
  tables: Tables,
  table: TableName,
  walk: PageKeys,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>,
  to: (row: StoredRow) => T,
): Promise<Page<T>> => {
  let unreadable = 0;
  const { rows, next } = await queryPage(tables, table, walk, query, (row): T[] => {
    try {
      return [to(row)];
    } catch (error) {
      unreadable++;
      const keys = [...Object.values(walk.fixed), ...walk.moving.map((key) => row[key])];
      tables.unreadable?.(`${table} ${keys.join(' ')}`, error);
      return [];
    }
  });
  return { rows: rows.flat(), next, ...(unreadable > 0 && { unreadable }) };
};

/** The partition is this one: the condition of almost every query. */
export const partitionEquals = (key: string, value: string) => ({
  KeyConditionExpression: '#within = :within',
  ExpressionAttributeNames: { '#within': key },
  ExpressionAttributeValues: { ':within': value },
});

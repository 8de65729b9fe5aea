import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { InvalidCursorError, type Page, type PagePosition } from '../kernel/pages.ts';
import type { Tables } from './dynamodb-client.ts';
import type { TableName } from './tables.ts';

type StoredRow = Record<string, unknown>;

/** Well below DynamoDB's 1 MB. */
const PAGE_SIZE = 100;

/** `moving`: key names, in the order of the parts of a position. */
type PageKeys = {
  readonly fixed: StoredRow;
  readonly moving: readonly string[];
  readonly after: PagePosition | undefined;
};

/** Throws InvalidCursorError for a position of another query. */
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
    // DynamoDB refuses an impossible start key.
    throw after && error instanceof Error && error.name === 'ValidationException' ? new InvalidCursorError() : error;
  });
  return { rows: Items.map(to), next: last && moving.map((key) => String(last[key])) };
};

type KeyBound = { readonly holds: (value: Buffer, bounds: readonly Buffer[]) => boolean; readonly pattern: RegExp };

/** DynamoDB compares keys as UTF-8 bytes. */
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

/** DynamoDB refuses a start outside the range. The embedded engine does not. */
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

/** Leaves out unreadable rows and counts them, so that one bad row does not fail the list. */
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

export const partitionEquals = (key: string, value: string) => ({
  KeyConditionExpression: '#within = :within',
  ExpressionAttributeNames: { '#within': key },
  ExpressionAttributeValues: { ':within': value },
});

import { InvalidCursorError, type Page, type PagePosition } from '../kernel/pages.ts';
import type { Tables } from './dynamodb-client.ts';
import { QueryCommand, type QueryCommandInput } from './dynamodb-commands.ts';
import type { TableName } from './tables.ts';

type StoredRow = Record<string, unknown>;

/** Well below DynamoDB's 1 MB. */
const PAGE_SIZE = 100;

/** `positionKeys`: key names, in the order of the parts of a position. */
type PageKeys = {
  readonly fixedKeys: StoredRow;
  readonly positionKeys: readonly string[];
  readonly after: PagePosition | undefined;
};

/** Throws InvalidCursorError for a position of another query. */
export const queryPage = async <T>(
  { client, name }: Tables,
  table: TableName,
  { fixedKeys, positionKeys, after }: PageKeys,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>,
  parseRow: (row: StoredRow) => T,
): Promise<Page<T>> => {
  if (after && (after.length !== positionKeys.length || !isWithinKeyRange(query, after[0])))
    throw new InvalidCursorError();
  const start = after && Object.fromEntries(positionKeys.map((key, at) => [key, after[at]]));
  const command = new QueryCommand({
    ...query,
    TableName: name(table),
    Limit: PAGE_SIZE,
    ...(start && { ExclusiveStartKey: { ...fixedKeys, ...start } }),
  });
  const { Items = [], LastEvaluatedKey: last } = await client.send(command).catch((error: unknown) => {
    // DynamoDB refuses an impossible start key.
    throw after && error instanceof Error && error.name === 'ValidationException' ? new InvalidCursorError() : error;
  });
  return { rows: Items.map(parseRow), next: last && positionKeys.map((key) => String(last[key])) };
};

type KeyBound = { readonly includes: (value: Buffer, bounds: readonly Buffer[]) => boolean; readonly pattern: RegExp };

/** DynamoDB compares keys as UTF-8 bytes. */
const KEY_BOUNDS: readonly KeyBound[] = [
  {
    pattern: /begins_with\(\s*#?\w+\s*,\s*(:\w+)\s*\)/,
    includes: (value, [prefix]) => prefix !== undefined && value.subarray(0, prefix.length).equals(prefix),
  },
  {
    pattern: /BETWEEN\s+(:\w+)\s+AND\s+(:\w+)/,
    includes: (value, [first, last]) => !!first && !!last && value.compare(first) >= 0 && value.compare(last) <= 0,
  },
  { pattern: /<\s*(:\w+)/, includes: (value, [end]) => !!end && value.compare(end) < 0 },
  { pattern: />=\s*(:\w+)/, includes: (value, [first]) => !!first && value.compare(first) >= 0 },
];

/** DynamoDB refuses a start outside the range. The embedded engine does not. */
const isWithinKeyRange = (
  { KeyConditionExpression = '', ExpressionAttributeValues = {} }: Omit<QueryCommandInput, 'TableName'>,
  sortKey: string | undefined,
): boolean =>
  KEY_BOUNDS.every(({ pattern, includes }) => {
    const names = pattern.exec(KeyConditionExpression)?.slice(1);
    if (!names) return true;
    return (
      sortKey !== undefined &&
      includes(
        Buffer.from(sortKey),
        names.map((name) => Buffer.from(String(ExpressionAttributeValues[name]))),
      )
    );
  });

/** Leaves out unreadable rows and counts them, so that one bad row does not fail the list. */
export const queryReadablePage = async <T>(
  tables: Tables,
  table: TableName,
  pageKeys: PageKeys,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>,
  parseRow: (row: StoredRow) => T,
): Promise<Page<T>> => {
  const { rows, next } = await queryPage(tables, table, pageKeys, query, (row) => row);
  const { fixedKeys, positionKeys } = pageKeys;
  const nameOf = (row: StoredRow) =>
    [table, ...Object.values(fixedKeys), ...positionKeys.map((key) => row[key])].join(' ');
  const readable = readableRows(tables, rows, nameOf, parseRow);
  const unreadable = rows.length - readable.length;
  return { rows: readable, next, ...(unreadable > 0 && { unreadable }) };
};

/** Leaves out rows that do not fit, and reports each by its name. */
export const readableRows = <T>(
  { unreadable }: Tables,
  rows: readonly StoredRow[],
  nameOf: (row: StoredRow) => string,
  parseRow: (row: StoredRow) => T,
): T[] =>
  rows.flatMap((row) => {
    try {
      return [parseRow(row)];
    } catch (error) {
      unreadable?.(nameOf(row), error);
      return [];
    }
  });

export const partitionEquals = (key: string, value: string) => ({
  KeyConditionExpression: '#within = :within',
  ExpressionAttributeNames: { '#within': key },
  ExpressionAttributeValues: { ':within': value },
});

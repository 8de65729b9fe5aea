import type { Tables } from './dynamodb-client.ts';
import { BatchGetCommand } from './dynamodb-commands.ts';
import { RETRY, retry } from './retry.ts';
import type { TableName } from './tables.ts';

/** BatchGetItem's limit. */
const BATCH_SIZE = 100;

type Row = Record<string, unknown>;

/**
 * Existing items in the order of the keys, as DynamoDB returns them in any order. Retries
 * unprocessed keys.
 */
export const batchGet = async (
  { client, name }: Tables,
  table: TableName,
  keys: readonly Row[],
  consistent: boolean,
  /** Besides the keys. All, if absent. */
  attributes?: readonly string[],
): Promise<Row[]> => {
  const found: Row[] = [];
  const projected = attributes && projectionOf([...Object.keys(keys[0] ?? {}), ...attributes]);
  for (let at = 0; at < keys.length; at += BATCH_SIZE) {
    let wanted: Row[] = keys.slice(at, at + BATCH_SIZE);
    await retry(async () => {
      const RequestItems = { [name(table)]: { Keys: wanted, ConsistentRead: consistent, ...projected } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems }));
      found.push(...(Responses?.[name(table)] ?? []));
      wanted = UnprocessedKeys?.[name(table)]?.Keys ?? [];
      return wanted.length > 0 ? RETRY : undefined;
    });
  }
  return inKeyOrder(found, keys);
};

const projectionOf = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((_, at) => `#a${at}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute, at) => [`#a${at}`, attribute])),
});

const inKeyOrder = (found: readonly Row[], keys: readonly Row[]): Row[] => {
  const fields = Object.keys(keys[0] ?? {});
  const keyOf = (row: Row) => JSON.stringify(fields.map((field) => row[field]));
  const byKey = new Map(found.map((row) => [keyOf(row), row]));
  return keys.flatMap((key) => {
    const row = byKey.get(keyOf(key));
    return row ? [row] : [];
  });
};

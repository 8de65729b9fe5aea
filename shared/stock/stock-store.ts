import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { decodeItem } from '../platform/dynamodb-values.ts';
import { partitionEquals, queryPage, queryReadablePage } from '../platform/query-page.ts';
import { type StockPlan, StockRow } from './stock.ts';

export type StockStore = ReturnType<typeof stockStore>;

/** Vouchers write quantities; this store writes only plans. */
export const stockStore = (tables: Tables) => ({
  /** From an image of the table's stream. */
  inImage: (image: object | undefined): StockRow | undefined => image && toStockRow(decodeItem(image)),

  row: async (location: StockLocationId, item: ItemId): Promise<StockRow | undefined> => {
    const get = new GetCommand({ TableName: tables.name('Stock'), Key: { location, item }, ConsistentRead: true });
    const { Item } = await tables.client.send(get);
    return Item && toStockRow(Item);
  },

  /** Strongly consistent. */
  rows: async (location: StockLocationId, items: readonly ItemId[]): Promise<Map<ItemId, StockRow>> => {
    const rows = await readStockRows(
      tables,
      items.map((item) => ({ location, item })),
      true,
    );
    return new Map(rows.map((row) => [row.item, row]));
  },

  /** Unordered and eventually consistent. */
  among: (keys: readonly Pick<StockRow, 'location' | 'item'>[]): Promise<StockRow[]> => readStockRows(tables, keys),

  /** By item: strongly consistent, or eventually consistent at half the price. */
  at: (location: StockLocationId, after?: PagePosition, how?: 'a moment ago'): Promise<Page<StockRow>> => {
    const pageKeys = { fixedKeys: { location }, positionKeys: ['item'], after };
    const query = { ...partitionEquals('location', location), ConsistentRead: how === undefined };
    // Jobs skip an unreadable row; a request for the shelf fails on it.
    return (how ? queryReadablePage : queryPage)(tables, 'Stock', pageKeys, query, toStockRow);
  },

  /** A row that does not exist gets no plan. */
  plan: async (location: StockLocationId, item: ItemId, plan: StockPlan): Promise<void> => {
    const update = new UpdateCommand({
      TableName: tables.name('Stock'),
      Key: { location, item },
      UpdateExpression: 'SET #plan = :plan ADD version :one',
      ConditionExpression: 'attribute_exists(version)',
      ExpressionAttributeNames: { '#plan': 'plan' },
      ExpressionAttributeValues: { ':plan': plan, ':one': 1 },
    });
    await tables.client.send(update).catch((error: unknown) => {
      if (!isConditionalCheckFailed(error)) throw error;
    });
  },

  where: async (item: ItemId, after?: PagePosition): Promise<Page<StockRow>> => {
    const pageKeys = { fixedKeys: { item }, positionKeys: ['location'], after };
    const query = { ...partitionEquals('item', item), IndexName: 'byItem' };
    const keys = await queryPage(tables, 'Stock', pageKeys, query, ({ location }) => ({ location, item }));
    const rows = await readStockRows(tables, keys.rows);
    return { rows: rows.sort((a, b) => (a.location < b.location ? -1 : 1)), next: keys.next };
  },
});

const toStockRow = (row: unknown): StockRow => StockRow.parse(row);

const readStockRows = async (
  tables: Tables,
  keys: readonly Record<string, unknown>[],
  consistent = false,
): Promise<StockRow[]> => (await batchGet(tables, 'Stock', keys, consistent)).map(toStockRow);

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { batchGet } from '../platform/batch-get.ts';
import { fromImage, type Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage, queryReadablePage } from '../platform/query-page.ts';
import { type StockPlan, StockRow } from './stock.ts';

export type StockStore = ReturnType<typeof stockStore>;

/** Rows, read. What is there is written by vouchers only; what is planned, here. */
export const stockStore = (tables: Tables) => ({
  /** The row in an image of the table's stream. */
  inImage: (image: object | undefined): StockRow | undefined => image && toStockRow(fromImage(image)),

  row: async (location: StockLocationId, item: ItemId): Promise<StockRow | undefined> => {
    const get = new GetCommand({ TableName: tables.name('Stock'), Key: { location, item }, ConsistentRead: true });
    const { Item } = await tables.client.send(get);
    return Item && toStockRow(Item);
  },

  /** The rows of these items that there are, as they surely stand. */
  rows: async (location: StockLocationId, items: readonly ItemId[]): Promise<Map<ItemId, StockRow>> => {
    const rows = await readStockRows(
      tables,
      items.map((item) => ({ location, item })),
      true,
    );
    return new Map(rows.map((row) => [row.item, row]));
  },

  /** Those of these that there are, in no order, as they were a moment ago. */
  among: (keys: readonly Pick<StockRow, 'location' | 'item'>[]): Promise<StockRow[]> => readStockRows(tables, keys),

  /** A location's rows in the order of their items, as they surely stand; or, at half the price, as they were a moment ago. */
  at: (location: StockLocationId, after?: PagePosition, how?: 'a moment ago'): Promise<Page<StockRow>> => {
    const walk = { fixed: { location }, moving: ['item'], after };
    const query = { ...partitionEquals('location', location), ConsistentRead: how === undefined };
    // Jobs go on with the other rows; who reads the shelf itself is told that it cannot be read.
    return (how ? queryReadablePage : queryPage)(tables, 'Stock', walk, query, toStockRow);
  },

  /** The next plan, whatever is there meanwhile; a row that is gone gets none. */
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
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  },

  /** Rows of one item in the order of their locations. */
  where: async (item: ItemId, after?: PagePosition): Promise<Page<StockRow>> => {
    const walk = { fixed: { item }, moving: ['location'], after };
    const query = { ...partitionEquals('item', item), IndexName: 'byItem' };
    const keys = await queryPage(tables, 'Stock', walk, query, ({ location }) => ({ location, item }));
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

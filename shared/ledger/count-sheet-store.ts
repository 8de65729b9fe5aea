import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ItemId, type LocationId, type StockLocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { type CountSheets, type CountSheetsChange, normalizeName } from './counts.ts';

/** The key holds a hash, because a count's name may be longer than a sort key. */
const keyOf = (location: LocationId, count: string) => ({
  daybook: `${location}#counts`,
  entry: createHash('sha256').update(normalizeName(count)).digest('hex').slice(0, 20),
});

/** Pairs save storage: 300 items take about 5 KB. */
const Row = z.object({ sheets: z.array(z.tuple([VoucherNumber, z.array(ItemId)])), version: z.int().min(1) });

export type CountSheetStore = ReturnType<typeof countSheetStore>;

export const countSheetStore = ({ client, name }: Tables) => ({
  find: async (location: StockLocationId, count: string): Promise<CountSheets> => {
    const get = new GetCommand({ TableName: name('Ledger'), Key: keyOf(location, count), ConsistentRead: true });
    const { Item } = await client.send(get);
    if (!Item) return { sheets: [], version: 0 };
    const { sheets, version } = Row.parse(Item);
    return { sheets: sheets.map(([number, items]) => ({ number, items })), version };
  },
});

/** Orders the sheets of one count. */
export const countSheetsPut = (
  TableName: string,
  location: LocationId,
  { count, sheets, version }: CountSheetsChange,
) => ({
  TableName,
  Item: {
    ...keyOf(location, count),
    count,
    sheets: sheets.map(({ number, items }) => [number, items]),
    version: version + 1,
  },
  ConditionExpression: version === 0 ? 'attribute_not_exists(version)' : 'version = :read',
  ...(version > 0 && { ExpressionAttributeValues: { ':read': version } }),
});

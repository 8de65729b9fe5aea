import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Place } from '../domain/ids.ts';
import type { VoucherNumber } from '../domain/vouchers/number.ts';
import type { Back, Reversed } from '../domain/vouchers/reversed.ts';
import type { Tables } from './client.ts';
import { backKey } from './ledger-keys.ts';

const Row = z.object({ lines: z.record(z.string(), z.int()), version: z.int() });
export const toBack = (item: unknown): Pick<Reversed, 'back' | 'version'> => {
  const { lines, version } = Row.parse(item);
  return { back: new Map(Object.entries(lines).map(([line, quantity]) => [Number(line), quantity])), version };
};

/** How much came back of each line of a voucher, counted in one row beside it. */
export const backStore = ({ client, name }: Tables) => ({
  find: async (location: Place, of: VoucherNumber): Promise<Pick<Reversed, 'back' | 'version'>> => {
    const get = new GetCommand({ TableName: name('Ledger'), Key: backKey(location, of), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item ? toBack(Item) : { back: new Map(), version: 0 };
  },
});

/** A reversal's share of the row, on the version that it was decided on. */
export const backChange = (TableName: string, location: Place, { of, lines, version }: Back) => ({
  TableName,
  Key: backKey(location, of),
  UpdateExpression: 'SET #lines = :lines, version = :next',
  ConditionExpression: version === 0 ? 'attribute_not_exists(version)' : 'version = :read',
  ExpressionAttributeNames: { '#lines': 'lines' },
  ExpressionAttributeValues: {
    ':lines': Object.fromEntries(lines),
    ':next': version + 1,
    ...(version > 0 && { ':read': version }),
  },
});

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Place } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { mayPass } from '../platform/dynamodb-errors.ts';
import { AGAIN, untilAnswered } from '../platform/retry.ts';
import { backKey } from './ledger-keys.ts';
import { SettledReturns } from './pending-returns.ts';
import type { Back, Reversed } from './reversed.ts';

const Row = z.object({
  lines: z.record(z.string(), z.int()),
  version: z.int(),
  rounded: z.int().default(0),
  waits: z.array(VoucherNumber).default([]),
  settled: SettledReturns.optional(),
});
type Read = Omit<Reversed, 'original'> & { readonly settled?: SettledReturns | undefined };
export const toBack = (item: unknown): Read => {
  const { lines, ...rest } = Row.parse(item);
  return { ...rest, back: new Map(Object.entries(lines).map(([line, quantity]) => [Number(line), quantity])) };
};

export type BackStore = ReturnType<typeof backStore>;

/** How much came back of each line of a voucher, counted in one row beside it. */
export const backStore = ({ client, name }: Tables) => {
  const find = async (location: Place, of: VoucherNumber): Promise<Read> => {
    const get = new GetCommand({ TableName: name('Ledger'), Key: backKey(location, of), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item ? toBack(Item) : { back: new Map(), version: 0, rounded: 0, waits: [] };
  };
  return {
    find,

    /** An officer looked at what was recorded before its sale, at this version; `false`: it has moved since. */
    settle: (location: Place, of: VoucherNumber, version: number, settled: SettledReturns): Promise<boolean> => {
      const update = new UpdateCommand({
        TableName: name('Ledger'),
        Key: backKey(location, of),
        UpdateExpression: 'SET settled = :settled, version = :next',
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':settled': settled, ':next': version + 1, ':read': version },
      });
      return untilAnswered(async () => {
        try {
          await client.send(update);
          return true;
        } catch (error) {
          if (mayPass(error)) return AGAIN;
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          // Our own, whose answer was lost, is told by when it was.
          const now = await find(location, of);
          return now.settled?.at === settled.at && now.settled.by === settled.by;
        }
      });
    },
  };
};

/** A reversal's share of the row, on the version that it was decided on. One more that waits is not what an officer has looked at. */
export const backChange = (TableName: string, location: Place, { of, lines, version, rounded, waits }: Back) => ({
  TableName,
  Key: backKey(location, of),
  UpdateExpression: `SET #lines = :lines, version = :next, rounded = :rounded${waits ? ', waits = :waits REMOVE settled' : ''}`,
  ConditionExpression: version === 0 ? 'attribute_not_exists(version)' : 'version = :read',
  ExpressionAttributeNames: { '#lines': 'lines' },
  ExpressionAttributeValues: {
    ':lines': Object.fromEntries(lines),
    ...{ ':next': version + 1, ':rounded': rounded },
    ...(version > 0 && { ':read': version }),
    ...(waits && { ':waits': waits }),
  },
});

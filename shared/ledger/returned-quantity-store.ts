import * as z from 'zod';
import type { LocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { updateIf } from '../platform/transact.ts';
import { PendingReturnSettlement } from './pending-returns.ts';
import type { ReturnedQuantities, ReversalContext } from './reversal-context.ts';
import { returnedQuantityKey } from './voucher-item.ts';

const ReturnedQuantityRow = z.object({
  lines: z.record(z.string(), z.int()),
  version: z.int(),
  rounded: z.int().default(0),
  waits: z.array(VoucherNumber).default([]),
  settled: PendingReturnSettlement.optional(),
});

type StoredReturnedQuantities = Omit<ReversalContext, 'original'> & {
  readonly settled?: PendingReturnSettlement | undefined;
};

export const toReturnedQuantities = (item: unknown): StoredReturnedQuantities => {
  const { lines, waits: pendingReturns, ...rest } = ReturnedQuantityRow.parse(item);
  return {
    ...rest,
    pendingReturns,
    returned: new Map(Object.entries(lines).map(([line, quantity]) => [Number(line), quantity])),
  };
};

export type ReturnedQuantityStore = ReturnType<typeof returnedQuantityStore>;

export const returnedQuantityStore = ({ client, name }: Tables) => {
  const find = async (location: LocationId, of: VoucherNumber): Promise<StoredReturnedQuantities> => {
    const get = new GetCommand({
      TableName: name('Ledger'),
      Key: returnedQuantityKey(location, of),
      ConsistentRead: true,
    });
    const { Item } = await client.send(get);
    return Item ? toReturnedQuantities(Item) : { returned: new Map(), version: 0, rounded: 0, pendingReturns: [] };
  };
  return {
    find,

    /** `false` if the row has changed since this version. */
    settle: (
      location: LocationId,
      of: VoucherNumber,
      version: number,
      settled: PendingReturnSettlement,
    ): Promise<boolean> => {
      const update = {
        TableName: name('Ledger'),
        Key: returnedQuantityKey(location, of),
        UpdateExpression: 'SET settled = :settled, version = :next',
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':settled': settled, ':next': version + 1, ':read': version },
      };
      return updateIf({ client }, update, async () => {
        const now = await find(location, of);
        return now.settled?.at === settled.at && now.settled.by === settled.by;
      });
    },
  };
};

/** A new pending return removes an officer's settlement. */
export const returnedQuantityUpdate = (
  TableName: string,
  location: LocationId,
  { of, lines, version, rounded, pendingReturns }: ReturnedQuantities,
) => ({
  TableName,
  Key: returnedQuantityKey(location, of),
  UpdateExpression: `SET #lines = :lines, version = :next, rounded = :rounded${pendingReturns ? ', waits = :waits REMOVE settled' : ''}`,
  ConditionExpression: version === 0 ? 'attribute_not_exists(version)' : 'version = :read',
  ExpressionAttributeNames: { '#lines': 'lines' },
  ExpressionAttributeValues: {
    ':lines': Object.fromEntries(lines),
    ':next': version + 1,
    ':rounded': rounded,
    ...(version > 0 && { ':read': version }),
    ...(pendingReturns && { ':waits': pendingReturns }),
  },
});

import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LocationId, StockLocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { negate } from '../kernel/sum.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { DeleteCommand, GetCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { updateIf } from '../platform/transact.ts';
import { Basket, type BasketChange, BasketId, type BasketSettlement } from './basket.ts';

export const basketId = (basket: string): BasketId =>
  BasketId.parse(createHash('sha256').update(basket).digest('hex').slice(0, 20));

const basketKey = (location: LocationId, id: BasketId) => ({ daybook: `${location}#baskets`, entry: id });
/** Baskets that offline sales spent from, until a check finds them covered. */
const uncoveredDaybook = (location: LocationId): string => `${location}#uncovered`;
const uncoveredKey = (location: LocationId, id: BasketId) => ({ daybook: uncoveredDaybook(location), entry: id });

export type BasketToCheck = { readonly id: BasketId; readonly by: string };

/** A condition on the remaining amount replaces a version check. */
export const basketActions = (
  TableName: string,
  location: LocationId,
  { basket, amount, requires }: BasketChange,
  number: VoucherNumber,
) => {
  const id = basketId(basket);
  const mayFall = amount < 0 && requires === 'nothing';
  const Update = {
    TableName,
    Key: basketKey(location, id),
    UpdateExpression: `SET basket = :basket${mayFall ? ', spentBy = :number' : ''} ADD #left :amount, version :one`,
    ExpressionAttributeNames: { '#left': 'left' },
    ExpressionAttributeValues: {
      ':basket': basket,
      ':amount': amount,
      ':one': 1,
      ...(mayFall && { ':number': number }),
      ...(requires === 'covered' && { ':wanted': negate(amount) }),
    },
    ...(requires === 'covered' && {
      ConditionExpression: '#left >= :wanted',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
  };
  const Put = { TableName, Item: { ...uncoveredKey(location, id), by: number } };
  return mayFall ? [{ Update }, { Put }] : [{ Update }];
};

const UncoveredMark = z.object({ entry: BasketId, by: z.string() }).transform(({ entry: id, by }) => ({ id, by }));

export type BasketStore = ReturnType<typeof basketStore>;

export const basketStore = (tables: Tables) => {
  const { client, name } = tables;
  const find = async (location: StockLocationId, id: BasketId): Promise<Basket | undefined> => {
    const get = new GetCommand({ TableName: name('Ledger'), Key: basketKey(location, id), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && Basket.strip().parse({ ...Item, id });
  };
  return {
    find,

    maybeUncovered: (location: StockLocationId): Promise<BasketToCheck[]> =>
      allPages((after) => {
        const daybook = uncoveredDaybook(location);
        const query = { ...partitionEquals('daybook', daybook), ConsistentRead: true };
        return queryPage(tables, 'Ledger', { fixedKeys: { daybook }, positionKeys: ['entry'], after }, query, (row) =>
          UncoveredMark.parse(row),
        );
      }),

    /** Keeps the mark if another voucher spent from the basket meanwhile. */
    forget: async (location: StockLocationId, { id, by }: BasketToCheck): Promise<void> => {
      const remove = new DeleteCommand({
        TableName: name('Ledger'),
        Key: uncoveredKey(location, id),
        ConditionExpression: '#by = :by',
        ExpressionAttributeNames: { '#by': 'by' },
        ExpressionAttributeValues: { ':by': by },
      });
      await client.send(remove).catch((error: unknown) => {
        if (!isConditionalCheckFailed(error)) throw error;
      });
    },

    /** `false` if the basket has changed since this version. */
    settle: (location: StockLocationId, id: BasketId, version: number, settled: BasketSettlement): Promise<boolean> => {
      const update = {
        TableName: name('Ledger'),
        Key: basketKey(location, id),
        UpdateExpression: 'SET settled = :settled, version = :next',
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':settled': settled, ':next': version + 1, ':read': version },
      };
      return updateIf({ client }, update, async () => {
        const now = await find(location, id);
        return now?.settled?.at === settled.at && now.settled.by === settled.by;
      });
    },
  };
};

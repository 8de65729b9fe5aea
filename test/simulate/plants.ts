import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { cancellationReasonsOf } from '../../shared/platform/dynamodb-errors.ts';

type Put = {
  TableName?: string;
  Item: Record<string, unknown>;
  ConditionExpression?: string;
  ReturnValuesOnConditionCheckFailure?: string;
};
type Update = {
  Key?: Record<string, unknown>;
  ConditionExpression?: string;
  ExpressionAttributeValues: Record<string, unknown>;
};
type Action = { readonly Put?: Put; readonly Update?: Update };

/**
 * Typical programming faults, planted in the client: DynamoDB gets other input than the stores
 * send.
 */
const changing =
  (change: (actions: readonly Action[]) => readonly Action[]) =>
  (client: DynamoDbClient): void =>
    client.intercept('command', ({ operation, input }, send) => {
      if (operation !== 'TransactWriteItems') return send(input);
      const { TransactItems } = structuredClone(input) as { TransactItems: readonly Action[] };
      return send({ ...input, TransactItems: change(TransactItems) });
    });

const NOT_COUNTED_SINCE = '(attribute_not_exists(countedAt) OR countedAt < :order)';

/** A voucher before a count moves the stock although the count supersedes it. */
const missingCondition = changing((actions) =>
  actions.map((action) => {
    const { Update } = action;
    if (!Update?.ConditionExpression?.includes(NOT_COUNTED_SINCE)) return action;
    const { ':order': _order, ...ExpressionAttributeValues } = Update.ExpressionAttributeValues;
    const left = Update.ConditionExpression.split(' AND ').filter((one) => one !== NOT_COUNTED_SINCE);
    const { ConditionExpression: _all, ...rest } = Update;
    const ConditionExpression = left.join(' AND ');
    return { Update: { ...rest, ExpressionAttributeValues, ...(ConditionExpression && { ConditionExpression }) } };
  }),
);

/** A conflict is taken for done. */
const swallowedRetry = (client: DynamoDbClient): void =>
  client.intercept('command', async ({ input }, send) => {
    try {
      return await send(input);
    } catch (error) {
      if (!cancellationReasonsOf(error)?.some(({ Code }) => Code === 'TransactionConflict')) throw error;
      return {};
    }
  });

/** A count stands six hours after it was made. */
const wrongAnchor = changing((actions) =>
  actions.map((action) => {
    const values = action.Update?.ExpressionAttributeValues;
    const counted = values?.[':counted'];
    if (typeof counted !== 'string') return action;
    const [at = '', number] = counted.split('#');
    const later = new Date(Date.parse(at) + 6 * 3_600_000).toISOString();
    return {
      Update: {
        ...action.Update,
        ExpressionAttributeValues: { ...values, ':counted': `${later}#${number}` },
      } as Update,
    };
  }),
);

/** A receipt that is sent again is received again. */
const doubledReceipt = changing((actions) =>
  actions.map((action) => {
    if (!String(action.Put?.Item.entry).startsWith('R#') || !action.Put) return action;
    // Names and values belong to the condition: DynamoDB refuses those that nothing uses.
    const { TableName, Item } = action.Put;
    return { Put: { ...(TableName && { TableName }), Item } };
  }),
);

/** A late voucher reopens no closed day. */
const forgottenLate = changing((actions) =>
  actions.filter(({ Update }) => !String(Update?.Key?.daybook).endsWith('#reopened')),
);

/** Nobody keeps which items the sheets of a count have: the second sheet of an item wins. */
const forgottenSheet = changing((actions) =>
  actions.filter(({ Put }) => !String(Put?.Item.daybook).endsWith('#counts')),
);

/** The second delivery of a dispatch takes the place of the first. */
const forgottenDelivery = changing((actions) =>
  actions.map((action) => {
    const receipts = action.Put?.Item.receipts;
    if (!action.Put || !Array.isArray(receipts) || receipts.length < 2) return action;
    return { Put: { ...action.Put, Item: { ...action.Put.Item, receipts: receipts.slice(-1) } } };
  }),
);

/** An exchange spends from the newest basket, even of another customer. */
const othersBasket = (client: DynamoDbClient): void => {
  let filled: unknown;
  changing((actions) =>
    actions.map((action) => {
      const { Key, ExpressionAttributeValues: values } = action.Update ?? {};
      if (!action.Update || !String(Key?.daybook).endsWith('#baskets')) return action;
      if (Number(values?.[':amount']) > 0) filled = Key?.entry;
      else if (filled !== undefined) return { Update: { ...action.Update, Key: { ...Key, entry: filled } } };
      return action;
    }),
  )(client);
};

type CostRequest = { Key?: Record<string, unknown>; ExpressionAttributeValues?: Record<string, unknown> };

/** Whether a close registers that it reads the averages of another close. */
const isCostReader = (operation: string, { Key }: CostRequest): boolean =>
  operation === 'UpdateItem' && String(Key?.daybook).endsWith('#cost-readers');

/** Goods cost what the sender's goods cost at the end of the day, not just before they left. */
const costAtEndOfDay = (client: DynamoDbClient): void => {
  const awaited = new Set<string>();
  client.intercept('command', async ({ operation, input }, send) => {
    const { Key, ExpressionAttributeValues: values } = input as CostRequest;
    if (isCostReader(operation, { Key: Key ?? {} }))
      awaited.add(`${String(Key?.daybook).replace('#cost-readers', '#closes')} ${Key?.entry}#`);
    const isCost = operation === 'Query' && awaited.delete(`${values?.[':daybook']} ${values?.[':prefix']}`);
    const answer = await send(input);
    if (isCost)
      for (const close of (answer as { Items?: Record<string, unknown>[] }).Items ?? []) delete close.averages;
    return answer;
  });
};

export const PLANTS = {
  missingCondition,
  swallowedRetry,
  wrongAnchor,
  doubledReceipt,
  forgottenLate,
  forgottenSheet,
  forgottenDelivery,
  othersBasket,
  costAtEndOfDay,
};

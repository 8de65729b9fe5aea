import type { LocationId } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import { negate, Sum } from '../kernel/sum.ts';
import { numberOfSequence, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { ConfirmationCountChange } from '../materials/confirmation.ts';
import { requestEffects } from '../materials/request-store.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { enrolmentCodePut } from '../registry/enrolment-store.ts';
import { toRegistryItem } from '../registry/entry-change.ts';
import { stockEffects } from '../stock/stock-change-store.ts';
import { conflictIfRefused, type TransactionEffect } from '../stock/transaction-effect-store.ts';
import { transferEffect } from '../transfers/transfer-store.ts';
import type { BasketChange } from './basket.ts';
import { basketActions } from './basket-store.ts';
import { countSheetsPut } from './count-sheet-store.ts';
import type { HandOverEffects, VoucherEffects } from './decision.ts';
import { pendingReturnActions } from './pending-return-store.ts';
import { returnedQuantityUpdate } from './returned-quantity-store.ts';

/** Each action carries the meaning of its failed condition. */
export const transactionEffectsOf = (
  { name }: Pick<Tables, 'name'>,
  location: LocationId,
  {
    stock,
    sequence,
    transfer,
    returnedQuantities,
    saleReturnedQuantities,
    basket,
    sheetsChange,
    handOver,
    ...requested
  }: VoucherEffects & { readonly confirmation?: ConfirmationCountChange | undefined },
): TransactionEffect[] => [
  ...stockEffects(name('Stock'), location, stock, sequence),
  ...(transfer ? [transferEffect(name('Transfers'), transfer)] : []),
  ...(returnedQuantities
    ? [
        conflictIfRefused({ Update: returnedQuantityUpdate(name('Ledger'), location, returnedQuantities) }),
        ...(returnedQuantities.pendingReturns
          ? pendingReturnActions(name('Ledger'), location, returnedQuantities.of).map(conflictIfRefused)
          : []),
      ]
    : []),
  ...(saleReturnedQuantities
    ? [conflictIfRefused({ Update: returnedQuantityUpdate(name('Ledger'), location, saleReturnedQuantities) })]
    : []),
  ...(sheetsChange ? [conflictIfRefused({ Put: countSheetsPut(name('Ledger'), location, sheetsChange) })] : []),
  ...(basket && sequence ? basketEffects(name('Ledger'), location, basket, numberOfSequence(sequence)) : []),
  ...(handOver ? handOverEffects(name('Registry'), location, handOver) : []),
  ...requestEffects({ name }, requested),
];

/** The failed item holds the remaining amount; an unknown basket has nothing. */
const basketEffects = (
  TableName: string,
  location: LocationId,
  basket: BasketChange,
  number: VoucherNumber,
): TransactionEffect[] =>
  basketActions(TableName, location, basket, number).map((action) => ({
    action,
    why: (reason) => {
      if (!isConditionFailed(reason)) return undefined;
      const left = Sum.parse(conflictingItemOf(reason)?.left ?? 0);
      return { uncovered: { basket: basket.basket, wanted: negate(basket.amount), left: left < 0 ? 0 : left } };
    },
  }));

/** Draws a code again if it exists already. */
const handOverEffects = (
  TableName: string,
  location: LocationId,
  { terminals, codes, expiresAt, at }: HandOverEffects,
): TransactionEffect[] => {
  const ended = terminals.map(({ terminal: id, version, entry }) => ({
    TableName,
    Item: toRegistryItem({ kind: 'terminals', id, version: (version + 1) as Version, updatedAt: at, entry }),
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': version },
  }));
  const given = codes.map(({ seller, code }) => enrolmentCodePut(TableName, code, { location, seller, expiresAt }));
  return [...ended, ...given].map((Put) => conflictIfRefused({ Put }));
};

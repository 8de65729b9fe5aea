import type { Place } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { numberIn } from '../kernel/voucher-sequence.ts';
import { requestEffects } from '../materials/request-effects-store.ts';
import type { CountedConfirmation } from '../materials/separation-of-duties.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { isRefused, itemIn } from '../platform/dynamodb-errors.ts';
import { codePut } from '../registry/enrolment-store.ts';
import { toRegistryItem } from '../registry/registry-item.ts';
import { type Effect, orConflict } from '../stock/effects-store.ts';
import { stockEffects } from '../stock/stock-change-store.ts';
import { transferEffect } from '../transfers/transfer-store.ts';
import type { BasketChange } from './basket.ts';
import { basketActions } from './basket-store.ts';
import { countSheetsPut } from './count-sheet-store.ts';
import type { Effects, HandOverChange } from './decision.ts';
import { waitingActions } from './pending-return-store.ts';
import { backChange } from './returned-quantity-store.ts';

/** A decision's effects as actions of one transaction, each with what its refusal means. */
export const effectsOf = (
  { name }: Pick<Tables, 'name'>,
  location: Place,
  {
    stock,
    order,
    transfer,
    back,
    saleBack,
    basket,
    sheets,
    handOver,
    ...requested
  }: Effects & { readonly confirmation?: CountedConfirmation | undefined },
): Effect[] => [
  ...stockEffects(name('Stock'), location, stock, order),
  ...(transfer ? [transferEffect(name('Transfers'), transfer)] : []),
  ...(back
    ? [
        orConflict({ Update: backChange(name('Ledger'), location, back) }),
        ...(back.waits ? waitingActions(name('Ledger'), location, back.of).map(orConflict) : []),
      ]
    : []),
  ...(saleBack ? [orConflict({ Update: backChange(name('Ledger'), location, saleBack) })] : []),
  ...(sheets ? [orConflict({ Put: countSheetsPut(name('Ledger'), location, sheets) })] : []),
  ...(basket && order ? basketEffects(name('Ledger'), location, basket, numberIn(order)) : []),
  ...(handOver ? handOverEffects(name('Registry'), location, handOver) : []),
  ...requestEffects({ name }, requested),
];

/** What is left in the basket is what stood in the way; of a basket that nobody knows, nothing. */
const basketEffects = (TableName: string, location: Place, basket: BasketChange, number: VoucherNumber): Effect[] =>
  basketActions(TableName, location, basket, number).map((action) => ({
    action,
    why: (reason) => {
      if (!isRefused(reason)) return undefined;
      const left = Math.max(0, Number(itemIn(reason)?.left ?? 0));
      return { uncovered: { basket: basket.basket, wanted: -basket.amount, left } };
    },
  }));

/** The old terminals end, each on the version that was read; a code that was drawn before is drawn again. */
const handOverEffects = (
  TableName: string,
  location: Place,
  { terminals, codes, expiresAt, at }: HandOverChange,
): Effect[] => {
  const ended = terminals.map(({ terminal: id, version, entry }) => ({
    TableName,
    Item: toRegistryItem({ kind: 'terminals', id, version: (version + 1) as Version, updatedAt: at, entry }),
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': version },
  }));
  const given = codes.map(({ seller, code }) => codePut(TableName, code, { location, seller, expiresAt }));
  return [...ended, ...given].map((Put) => orConflict({ Put }));
};

import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { Place } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { numberIn } from '../kernel/voucher-sequence.ts';
import { accountChange, overdrawnIn } from '../materials/account-change-store.ts';
import { confirmationCounted } from '../materials/confirmation-count-store.ts';
import { requestChange } from '../materials/request-item.ts';
import type { CountedConfirmation } from '../materials/separation-of-duties.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { isRefused, itemIn } from '../platform/dynamodb-errors.ts';
import { codePut } from '../registry/enrolment-store.ts';
import { toRegistryItem } from '../registry/registry-item.ts';
import type { Effect, Why } from '../stock/effects-store.ts';
import { changeRow, isStale, shortageIn } from '../stock/stock-change-store.ts';
import { transferChange } from '../transfers/transfer-store.ts';
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
    confirmation,
    request,
    accounts = [],
    code,
    back,
    saleBack,
    basket,
    sheets,
    handOver,
    transfer,
  }: Effects & { readonly confirmation?: CountedConfirmation | undefined },
): Effect[] => [
  ...stock.map(
    (change): Effect => ({
      action: { Update: changeRow(name('Stock'), location, change, order) },
      why: (reason) => {
        if (!reason || !isRefused(reason)) return undefined;
        if (isStale(reason, change, order)) return { stale: true };
        const [short] = shortageIn(reason, change);
        return short && { short };
      },
    }),
  ),
  ...(transfer
    ? [
        {
          action: { Put: transferChange(name('Transfers'), transfer) },
          why: (reason: CancellationReason | undefined): Why => (isRefused(reason) ? { stale: true } : undefined),
        },
      ]
    : []),
  ...(back
    ? [
        {
          action: { Update: backChange(name('Ledger'), location, back) },
          why: (reason: CancellationReason | undefined): Why => (isRefused(reason) ? { stale: true } : undefined),
        },
        ...(back.waits ? waitingActions(name('Ledger'), location, back.of) : []).map(
          (action): Effect => ({ action, why: (reason) => (isRefused(reason) ? { stale: true } : undefined) }),
        ),
      ]
    : []),
  ...(saleBack
    ? [
        {
          action: { Update: backChange(name('Ledger'), location, saleBack) },
          why: (reason: CancellationReason | undefined): Why => (isRefused(reason) ? { stale: true } : undefined),
        },
      ]
    : []),
  ...(sheets
    ? [
        {
          action: { Put: countSheetsPut(name('Ledger'), location, sheets) },
          why: (reason: CancellationReason | undefined): Why => (isRefused(reason) ? { stale: true } : undefined),
        },
      ]
    : []),
  ...(basket && order ? basketEffects(name('Ledger'), location, basket, numberIn(order)) : []),
  ...(handOver ? handOverEffects(name('Registry'), location, handOver) : []),
  ...(confirmation
    ? [
        {
          action: { Update: confirmationCounted(name('Requests'), confirmation) },
          why: (reason: CancellationReason | undefined): Why => (isRefused(reason) ? { stale: true } : undefined),
        },
      ]
    : []),
  ...(request
    ? [
        {
          action: { Update: requestChange(name('Requests'), request, code) },
          why: (reason: CancellationReason | undefined): Why => (isRefused(reason) ? { stale: true } : undefined),
        },
        ...accounts.map(
          (change): Effect => ({
            action: { Update: accountChange(name('Passbook'), request, change) },
            why: (reason) => (isRefused(reason) ? { over: overdrawnIn(reason, change) } : undefined),
          }),
        ),
      ]
    : []),
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
  return [...ended, ...given].map((Put) => ({
    action: { Put },
    why: (reason) => (isRefused(reason) ? { stale: true } : undefined),
  }));
};

import type { LocationId } from '../kernel/ids.ts';
import type { Shortage } from '../kernel/problems.ts';
import { tieOfSequence, type VoucherSequence } from '../kernel/voucher-number.ts';
import { type CancellationReason, conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import type { StockChange } from './stock.ts';
import type { TransactionEffect } from './transaction-effect-store.ts';

/** A missing row counts as zero. With `order`, fails if a later count covers the row. */
export const stockRowUpdate = (
  TableName: string,
  location: LocationId,
  change: StockChange,
  order?: VoucherSequence,
) => {
  const { item, onHand, free = onHand, inbound = 0, lots, count } = change;
  const conditions = conditionsOf(change, order);
  const sets = [...(lots ? ['lots = :lots'] : []), ...(count ? ['countedAt = :counted'] : [])];
  return {
    TableName,
    Key: { location: change.location ?? location, item },
    UpdateExpression: `ADD onHand :onHand, #free :freed, inbound :inbound, version :one${sets.length > 0 ? ` SET ${sets.join(', ')}` : ''}`,
    // FREE is one of DynamoDB's reserved words.
    ExpressionAttributeNames: { '#free': 'free' },
    ExpressionAttributeValues: {
      ':onHand': onHand,
      ':freed': free,
      ':inbound': inbound,
      ':one': 1,
      ...(lots && { ':lots': lots.become }),
      ...(count && { ':counted': count.order }),
      ...Object.assign({}, ...conditions.map(({ values }) => values)),
    },
    ...(conditions.length > 0 && {
      ConditionExpression: conditions.map(({ expression }) => expression).join(' AND '),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
  };
};

type Condition = { readonly expression: string; readonly values: Record<string, number | string> };

/** The row's version covers any later count. */
const conditionsOf = (change: StockChange, order: VoucherSequence | undefined): Condition[] => {
  const { requires, onHand, lots, count } = change;
  const decidedVersion = decidedVersionOf(change);
  return [
    ...(requires === 'nothing'
      ? []
      : 'free' in requires
        ? [freeAtLeast(requires.free)]
        : [freeAtMost(requires.freeAtMost)]),
    ...(decidedVersion === undefined ? [] : [hasVersion(decidedVersion)]),
    ...(order !== undefined && onHand !== 0 && !(count ?? lots) ? [notCountedSince(order)] : []),
  ];
};

/** The row version that was decided on, if any. */
const decidedVersionOf = ({ lots, count, asRead }: StockChange): number | undefined =>
  (count ?? lots)?.version ?? asRead;

/** A count of the same terminal at the same time fails too. */
const notCountedSince = (order: VoucherSequence): Condition => ({
  expression: '(attribute_not_exists(countedAt) OR countedAt < :order)',
  values: { ':order': tieOfSequence(order) },
});

const freeAtLeast = (wanted: number): Condition => ({ expression: '#free >= :wanted', values: { ':wanted': wanted } });

const freeAtMost = (maximum: number): Condition => ({ expression: '#free <= :most', values: { ':most': maximum } });

const hasVersion = (version: number): Condition =>
  version === 0
    ? { expression: 'attribute_not_exists(version)', values: {} }
    : { expression: 'version = :read', values: { ':read': version } };

/**
 * The row changed, or was counted, after the decision: decide again before reporting a shortage.
 */
const isStockConflict = (
  reason: CancellationReason,
  change: StockChange,
  order: VoucherSequence | undefined,
): boolean =>
  isConditionFailed(reason) &&
  (hasVersionChanged(reason, change) || wasCountedSince(reason, order) || requiresFreeAtMost(change));

const hasVersionChanged = (reason: CancellationReason, change: StockChange): boolean => {
  const decidedVersion = decidedVersionOf(change);
  return decidedVersion !== undefined && Number(conflictingItemOf(reason)?.version ?? 0) !== decidedVersion;
};

const wasCountedSince = (reason: CancellationReason, order: VoucherSequence | undefined): boolean =>
  order !== undefined && String(conflictingItemOf(reason)?.countedAt ?? '') >= tieOfSequence(order);

/** A reduction of reservations depends on the row that was read. */
const requiresFreeAtMost = ({ requires }: StockChange): boolean => requires !== 'nothing' && 'freeAtMost' in requires;

const shortageOf = (reason: CancellationReason, change: StockChange | undefined): Shortage[] => {
  if (!isConditionFailed(reason) || !change || change.requires === 'nothing' || !('free' in change.requires)) return [];
  return [{ item: change.item, wanted: change.requires.free, free: Number(conflictingItemOf(reason)?.free ?? 0) }];
};

/** Each action with the meaning of its failure. */
export const stockEffects = (
  TableName: string,
  location: LocationId,
  changes: readonly StockChange[],
  order?: VoucherSequence,
): TransactionEffect[] =>
  changes.map((change) => ({
    action: { Update: stockRowUpdate(TableName, location, change, order) },
    why: (reason) => {
      if (!reason || !isConditionFailed(reason)) return undefined;
      if (isStockConflict(reason, change, order)) return { stale: true };
      const [short] = shortageOf(reason, change);
      return short && { short };
    },
  }));

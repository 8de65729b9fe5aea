import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { Place } from '../kernel/ids.ts';
import type { Shortage } from '../kernel/refusal.ts';
import type { Order } from '../kernel/voucher-sequence.ts';
import { isRefused, itemIn } from '../platform/dynamodb-errors.ts';
import type { Effect } from './effects-store.ts';
import type { StockChange } from './stock-change.ts';

/**
 * One stock row's share of a transaction. A missing row is zero: what takes from it is refused, what adds to it makes it. Of a voucher
 * (`order`), only while the row was not counted after it.
 */
export const changeRow = (TableName: string, location: Place, change: StockChange, order?: Order) => {
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
      ConditionExpression: conditions.map(({ says }) => says).join(' AND '),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
  };
};

type Condition = { readonly says: string; readonly values: Record<string, number | string> };

/** A count, and lots, are decided on what was read, with its last count: no more need be asked. */
const conditionsOf = (change: StockChange, order: Order | undefined): Condition[] => {
  const { requires, onHand, lots, count } = change;
  const read = readAt(change);
  return [
    ...(requires === 'nothing' ? [] : 'free' in requires ? [ENOUGH(requires.free)] : [SO_LOW(requires.freeAtMost)]),
    ...(read === undefined ? [] : [AS_IT_WAS_READ(read)]),
    ...(order !== undefined && onHand !== 0 && !(count ?? lots) ? [NOT_COUNTED_SINCE(order)] : []),
  ];
};

/** The version of the row that it was decided on, if it was on any. */
const readAt = ({ lots, count, asRead }: StockChange): number | undefined => (count ?? lots)?.version ?? asRead;

const NOT_COUNTED_SINCE = (order: Order): Condition => ({
  says: '(attribute_not_exists(countedAt) OR countedAt < :order)',
  values: { ':order': order },
});

const ENOUGH = (wanted: number): Condition => ({ says: '#free >= :wanted', values: { ':wanted': wanted } });

const SO_LOW = (most: number): Condition => ({ says: '#free <= :most', values: { ':most': most } });

const AS_IT_WAS_READ = (version: number): Condition =>
  version === 0
    ? { says: 'attribute_not_exists(version)', values: {} }
    : { says: 'version = :read', values: { ':read': version } };

/**
 * It was decided on a row that has changed since, or was counted after it: to be read and decided again, before anything is said of what is
 * short.
 */
export const isStale = (reason: CancellationReason, change: StockChange, order: Order | undefined): boolean =>
  isRefused(reason) && (moved(reason, change) || countedSince(reason, order) || isNotSoLow(change));

const moved = (reason: CancellationReason, change: StockChange): boolean => {
  const read = readAt(change);
  return read !== undefined && Number(itemIn(reason)?.version ?? 0) !== read;
};

const countedSince = (reason: CancellationReason, order: Order | undefined): boolean =>
  order !== undefined && String(itemIn(reason)?.countedAt ?? '') >= order;

/** Whoever gives up what is not there does so on what they read. */
const isNotSoLow = ({ requires }: StockChange): boolean => requires !== 'nothing' && 'freeAtMost' in requires;

/** What was short, if that is why the row was refused. */
export const shortageIn = (reason: CancellationReason, change: StockChange | undefined): Shortage[] => {
  if (!isRefused(reason) || !change || change.requires === 'nothing' || !('free' in change.requires)) return [];
  return [{ item: change.item, wanted: change.requires.free, free: Number(itemIn(reason)?.free ?? 0) }];
};

/** A voucher's changes of stock as actions, each with what its refusal means. */
export const stockEffects = (
  TableName: string,
  location: Place,
  changes: readonly StockChange[],
  order?: Order,
): Effect[] =>
  changes.map((change) => ({
    action: { Update: changeRow(TableName, location, change, order) },
    why: (reason) => {
      if (!reason || !isRefused(reason)) return undefined;
      if (isStale(reason, change, order)) return { stale: true };
      const [short] = shortageIn(reason, change);
      return short && { short };
    },
  }));

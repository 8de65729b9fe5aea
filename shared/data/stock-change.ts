import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { LocationId } from '../domain/ids.ts';
import type { Shortage } from '../domain/refusal.ts';
import type { StockChange } from '../domain/vouchers/decision.ts';
import { isRefused, itemIn } from './failures.ts';

/** One stock row's share of a transaction. A missing row is zero: what takes from it is refused, what adds to it makes it. */
export const changeRow = (TableName: string, location: LocationId, change: StockChange) => {
  const { item, onHand, free = onHand, lots } = change;
  const conditions = conditionsOf(change);
  return {
    TableName,
    Key: { location, item },
    UpdateExpression: `ADD onHand :onHand, #free :freed, inbound :none, version :one${lots ? ' SET lots = :lots' : ''}`,
    // FREE is one of DynamoDB's reserved words.
    ExpressionAttributeNames: { '#free': 'free' },
    ExpressionAttributeValues: {
      ':onHand': onHand,
      ':freed': free,
      ':none': 0,
      ':one': 1,
      ...(lots && { ':lots': lots.become }),
      ...Object.assign({}, ...conditions.map(({ values }) => values)),
    },
    ...(conditions.length > 0 && {
      ConditionExpression: conditions.map(({ says }) => says).join(' AND '),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
  };
};

type Condition = { readonly says: string; readonly values: Record<string, number> };

const conditionsOf = ({ requires, lots }: StockChange): Condition[] => [
  ...(requires === 'nothing' ? [] : 'free' in requires ? [ENOUGH(requires.free)] : [SO_LOW(requires.freeAtMost)]),
  ...(lots ? [AS_IT_WAS_READ(lots.version)] : []),
];

const ENOUGH = (wanted: number): Condition => ({ says: '#free >= :wanted', values: { ':wanted': wanted } });

const SO_LOW = (most: number): Condition => ({ says: '#free <= :most', values: { ':most': most } });

const AS_IT_WAS_READ = (version: number): Condition =>
  version === 0
    ? { says: 'attribute_not_exists(version)', values: {} }
    : { says: 'version = :read', values: { ':read': version } };

/** It was decided on a row that has changed since: to be read and decided again, before anything is said of what is short. */
export const isStale = (reason: CancellationReason, change: StockChange | undefined): boolean =>
  isRefused(reason) && change !== undefined && (lotsMoved(reason, change) || isNotSoLow(change));

const lotsMoved = (reason: CancellationReason, { lots }: StockChange): boolean =>
  lots !== undefined && Number(itemIn(reason)?.version ?? 0) !== lots.version;

/** Whoever gives up what is not there does so on what they read. */
const isNotSoLow = ({ requires }: StockChange): boolean => requires !== 'nothing' && 'freeAtMost' in requires;

/** What was short, if that is why the row was refused. */
export const shortageIn = (reason: CancellationReason, change: StockChange | undefined): Shortage[] => {
  if (!isRefused(reason) || !change || change.requires === 'nothing' || !('free' in change.requires)) return [];
  return [{ item: change.item, wanted: change.requires.free, free: Number(itemIn(reason)?.free ?? 0) }];
};

import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { LocationId } from '../domain/ids.ts';
import type { Shortage } from '../domain/refusal.ts';
import type { StockChange } from '../domain/vouchers/decision.ts';
import { isRefused, itemIn } from './failures.ts';

/** One stock row's share of a transaction. A missing row is zero: what takes from it is refused, what adds to it makes it. */
export const changeRow = (TableName: string, location: LocationId, { item, onHand, requires }: StockChange) => ({
  TableName,
  Key: { location, item },
  UpdateExpression: 'ADD onHand :change, #free :change, inbound :none, version :one',
  // FREE is one of DynamoDB's reserved words.
  ExpressionAttributeNames: { '#free': 'free' },
  ExpressionAttributeValues: {
    ':change': onHand,
    ':none': 0,
    ':one': 1,
    ...(requires !== 'nothing' && { ':wanted': requires.free }),
  },
  ...(requires !== 'nothing' && {
    ConditionExpression: '#free >= :wanted',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }),
});

/** What was short, if that is why the row was refused. */
export const shortageIn = (reason: CancellationReason, change: StockChange | undefined): Shortage[] => {
  if (!isRefused(reason) || !change || change.requires === 'nothing') return [];
  return [{ item: change.item, wanted: change.requires.free, free: Number(itemIn(reason)?.free ?? 0) }];
};

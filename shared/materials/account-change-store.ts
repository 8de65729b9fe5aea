import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { EntitlementShortage } from '../kernel/refusal.ts';
import { conflictingItemOf } from '../platform/dynamodb-errors.ts';
import { type AccountChange, decreaseOfLeft } from './entitlement-account.ts';
import type { MaterialRequest } from './material-request.ts';

export const accountKey = (season: string, item: string): string => `${season}#${item}`;

/** One account's share of a transaction: it must be there, and what is left must cover what is newly reserved. */
export const accountUpdate = (TableName: string, { producer, season }: MaterialRequest, change: AccountChange) => {
  const taken = decreaseOfLeft(change);
  return {
    TableName,
    Key: { producer, account: accountKey(season, change.item) },
    UpdateExpression: 'ADD reserved :reserved, drawn :drawn, #left :less, version :one',
    ConditionExpression: '#left >= :taken',
    // LEFT is one of DynamoDB's reserved words.
    ExpressionAttributeNames: { '#left': 'left' },
    ExpressionAttributeValues: {
      ':reserved': change.reserved,
      ':drawn': change.drawn,
      ':less': -taken,
      ':taken': taken,
      ':one': 1,
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
};

export const overdraftOf = (reason: CancellationReason | undefined, change: AccountChange): EntitlementShortage => ({
  item: change.item,
  wanted: decreaseOfLeft(change),
  left: Number(conflictingItemOf(reason)?.left ?? 0),
});

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LocationId } from '../domain/ids.ts';
import type { ConfirmationCount, CountedConfirmation } from '../domain/materials/separation.ts';
import { type Day, dayOf, type Instant } from '../domain/time.ts';
import type { Tables } from './client.ts';

const keyOf = (depot: LocationId, day: Day) => ({ request: `${depot}#${day.slice(0, 7)}`, part: 'confirmations' });
const Stored = z.object({ confirmed: z.int().default(0), byIssuer: z.int().default(0) });

/** 2 units, in the transaction of the confirmation; conditional only where it was decided on the counts. */
export const confirmationCounted = (TableName: string, { depot, at, byIssuer, expected }: CountedConfirmation) => ({
  TableName,
  Key: keyOf(depot, dayOf(at)),
  UpdateExpression: 'ADD confirmed :one, byIssuer :issuer',
  ...(expected && {
    ConditionExpression:
      expected.confirmed === 0 ? 'attribute_not_exists(confirmed)' : 'confirmed = :confirmed AND byIssuer = :before',
  }),
  ExpressionAttributeValues: {
    ':one': 1,
    ':issuer': byIssuer ? 1 : 0,
    ...(expected && expected.confirmed > 0 && { ':confirmed': expected.confirmed, ':before': expected.byIssuer }),
  },
});

/** Confirmations of a depot's month, up to now. */
export const confirmationCounts = ({ client, name }: Tables) => ({
  of: async (depot: LocationId, now: Instant): Promise<ConfirmationCount> => {
    const get = { TableName: name('Requests'), Key: keyOf(depot, dayOf(now)), ConsistentRead: true };
    return Stored.parse((await client.send(new GetCommand(get))).Item ?? {});
  },
});

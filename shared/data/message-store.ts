import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { DIGEST, type Message, type Recipient } from '../domain/messages/message.ts';
import { Instant, millisecondsOf } from '../domain/time.ts';
import type { Tables } from './client.ts';
import { putIf } from './put-if.ts';

/** Days that it is kept what was said: far longer than anything is said again. */
const KEPT = 400;

const Digest = z.object({ message: z.string(), upTo: Instant });
export type Digest = z.infer<typeof Digest>;

export type MessageStore = ReturnType<typeof messageStore>;
export type Said = Pick<Message, 'to' | 'message' | 'at'> & { readonly upTo?: Instant };

/** What each recipient was told, by name. */
export const messageStore = (tables: Tables) => ({
  /** From now on it counts as said: whoever comes after does not say it. `false`: it was said. */
  claim: (said: Said): Promise<boolean> =>
    putIf(tables, {
      TableName: tables.name('Messages'),
      Item: { ...said, lapsesAt: Math.floor(millisecondsOf(said.at) / 1_000) + KEPT * 24 * 3_600 },
      ConditionExpression: 'attribute_not_exists(message)',
    }),

  /** It was not said after all. */
  release: async ({ to, message }: Pick<Said, 'to' | 'message'>): Promise<void> => {
    await tables.client.send(new DeleteCommand({ TableName: tables.name('Messages'), Key: { to, message } }));
  },

  /** The last digest that a recipient was sent, and up to when it tells. */
  lastDigest: async (to: Recipient): Promise<Digest | undefined> => {
    const ask = new QueryCommand({
      TableName: tables.name('Messages'),
      ConsistentRead: true,
      KeyConditionExpression: '#to = :to AND begins_with(message, :digest)',
      ExpressionAttributeNames: { '#to': 'to' },
      ExpressionAttributeValues: { ':to': to, ':digest': DIGEST },
      ScanIndexForward: false,
      Limit: 1,
    });
    const [last] = (await tables.client.send(ask)).Items ?? [];
    return last && Digest.parse(last);
  },
});

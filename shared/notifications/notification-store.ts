import * as z from 'zod';
import { Instant, millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { putIf } from '../platform/transact.ts';
import type { Audience } from '../registry/staff.ts';
import { type DeliveryState, deliveryStateOf, type LastDigests, lastDigestsOf, unsureBefore } from './delivery.ts';
import { DIGEST_PREFIX, type Notification, type Recipient } from './notification.ts';

/** Longer than any retry. */
const RETENTION_DAYS = 400;

const MAX_DIGESTS_READ = 10;

const StoredNotification = z.object({
  message: z.string(),
  at: Instant,
  upTo: Instant.optional(),
  of: z.array(z.string()).optional(),
  unsent: z.literal(true).optional(),
});

export type NotificationStore = ReturnType<typeof notificationStore>;

type NotificationKey = Pick<Notification, 'to' | 'message'>;

export type DigestScope = { readonly upTo: Instant; readonly of: readonly Audience[] };

export type NotificationRecord = NotificationKey & Pick<Notification, 'at'> & Partial<DigestScope>;

export const notificationStore = (tables: Tables) => {
  const at = (key: NotificationKey) => ({
    TableName: tables.name('Messages'),
    Key: { to: key.to, message: key.message },
  });
  const put = (said: NotificationRecord, condition: object): Promise<boolean> =>
    putIf(tables, {
      TableName: tables.name('Messages'),
      Item: {
        ...said,
        unsent: true,
        lapsesAt: Math.floor(millisecondsOf(said.at) / 1_000) + RETENTION_DAYS * 24 * 3_600,
      },
      ConditionExpression: 'attribute_not_exists(message)',
      ...condition,
    });
  return {
    /** `false`: already claimed. */
    claim: (said: NotificationRecord): Promise<boolean> => put(said, {}),

    /** Also claims messages of unknown delivery, so it may send twice. */
    claimAgain: (said: NotificationRecord): Promise<boolean> =>
      put(said, {
        ConditionExpression: 'attribute_not_exists(message) OR (unsent = :unsent AND #at < :before)',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':unsent': true, ':before': unsureBefore(said.at) },
      }),

    sent: async (name: NotificationKey): Promise<void> => {
      await tables.client.send(new UpdateCommand({ ...at(name), UpdateExpression: 'REMOVE unsent' }));
    },

    release: async (name: NotificationKey): Promise<void> => {
      await tables.client.send(new DeleteCommand(at(name)));
    },

    deliveryState: async (name: NotificationKey, now: Instant): Promise<DeliveryState> => {
      const { Item } = await tables.client.send(new GetCommand({ ...at(name), ConsistentRead: true }));
      return deliveryStateOf(Item && StoredNotification.parse(Item), now);
    },

    lastDigests: async (to: Recipient): Promise<LastDigests> => {
      const ask = new QueryCommand({
        TableName: tables.name('Messages'),
        ConsistentRead: true,
        KeyConditionExpression: '#to = :to AND begins_with(message, :digest)',
        ExpressionAttributeNames: { '#to': 'to' },
        ExpressionAttributeValues: { ':to': to, ':digest': DIGEST_PREFIX },
        ScanIndexForward: false,
        Limit: MAX_DIGESTS_READ,
      });
      return lastDigestsOf(((await tables.client.send(ask)).Items ?? []).map((item) => StoredNotification.parse(item)));
    },
  };
};

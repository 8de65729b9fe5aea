import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { linksOf } from '../day-close/chain-store.ts';
import type { Place } from '../kernel/ids.ts';
import type { Page, Position } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { backBookOf, daybookOf, placeOf } from '../ledger/ledger-keys.ts';
import { toBack } from '../ledger/returned-quantity-store.ts';
import { VOUCHERS_ONLY } from '../ledger/settled-marker.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { hashOf, identityOf, toVoucher } from '../ledger/voucher-item.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { Checkpoint } from './checkpoint.ts';
import type { BackRow, Faulty } from './ledger-reading.ts';

/** An entry of a day book as an auditor reads it: nothing that it says of itself is believed. */
export type Entry = { readonly voucher?: Voucher; readonly faulty?: Faulty };

const Key = z.object({ daybook: z.string(), entry: z.string() });

/** Beside the day books, where the last audit of a place came to. */
const checkpointKey = (location: Place) => ({ daybook: `${location}#audit`, entry: 'checkpoint' });

export type AuditStore = ReturnType<typeof auditStore>;

export const auditStore = (tables: Tables) => {
  const { client, name } = tables;
  const walkOf = (daybook: string, after: Position | undefined) => ({ fixed: { daybook }, moving: ['entry'], after });
  const surely = (daybook: string) => ({ ...within('daybook', daybook), ConsistentRead: true });
  return {
    /** A day book: each voucher beside the hash of what was said, taken when it was recorded. */
    day: (location: Place, day: Day, after?: Position): Promise<Page<Entry>> => {
      const daybook = daybookOf(location, day);
      const query = { ...surely(daybook), ...VOUCHERS_ONLY };
      return queryPage(tables, 'Ledger', walkOf(daybook, after), query, toEntry);
    },

    /** What came back of each voucher of a day. */
    backs: (location: Place, day: Day, after?: Position): Promise<Page<BackRow>> => {
      const daybook = backBookOf(location, day);
      return queryPage(tables, 'Ledger', walkOf(daybook, after), surely(daybook), (item) => {
        const { entry } = Key.parse(item);
        const { back: lines, version } = toBack(item);
        return { of: placeOf({ daybook, entry }).number, lines, version };
      });
    },

    links: (location: Place, from?: Day) => linksOf(tables, location, from),

    checkpoint: async (location: Place): Promise<Checkpoint | undefined> => {
      const get = new GetCommand({ TableName: name('Ledger'), Key: checkpointKey(location), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && Checkpoint.strip().parse(Item);
    },

    /** Of two audits at once, the one that began last has seen most; a repeat writes the same. */
    keep: async (checkpoint: Checkpoint): Promise<void> => {
      const put = new PutCommand({
        TableName: name('Ledger'),
        Item: { ...checkpoint, ...checkpointKey(checkpoint.location) },
        ConditionExpression: 'attribute_not_exists(daybook) OR auditedAt <= :at',
        ExpressionAttributeValues: { ':at': checkpoint.auditedAt },
      });
      await client.send(put).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
  };
};

const toEntry = (item: Record<string, unknown>): Entry => {
  const { number } = placeOf(Key.parse(item));
  try {
    const voucher = toVoucher(item);
    const isSame = Buffer.compare(identityOf(item).claimHash, hashOf(voucher.claim)) === 0;
    return isSame ? { voucher } : { voucher, faulty: { number, what: 'changed' } };
  } catch {
    return { faulty: { number, what: 'unreadable' } };
  }
};

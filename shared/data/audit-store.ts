import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Checkpoint } from '../domain/audit/checkpoint.ts';
import type { BackRow, Faulty } from '../domain/audit/reading.ts';
import type { Place } from '../domain/ids.ts';
import type { Page, Position } from '../domain/pages.ts';
import type { Day } from '../domain/time.ts';
import type { Voucher } from '../domain/vouchers/voucher.ts';
import { toBack } from './back-store.ts';
import type { Tables } from './client.ts';
import { backBookOf, daybookOf, placeOf } from './ledger-keys.ts';
import { linksOf } from './link-store.ts';
import { queryPage, within } from './page.ts';
import { VOUCHERS_ONLY } from './settled-marker.ts';
import { hashOf, identityOf, toVoucher } from './voucher-item.ts';

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

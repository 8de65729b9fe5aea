import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readChainLinks } from '../day-close/chain-store.ts';
import type { LocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { daybookOf, parseLedgerKey, returnedQuantityDaybook } from '../ledger/ledger-keys.ts';
import { toReturnedQuantities } from '../ledger/returned-quantity-store.ts';
import { VOUCHERS_ONLY_FILTER } from '../ledger/settled-marker.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { claimHashOf, identityOf, toVoucher } from '../ledger/voucher-item.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { ReconciliationCheckpoint } from './checkpoint.ts';
import type { FaultyVoucher, ReturnedQuantityRow } from './ledger-reading.ts';

/** An entry of a day book as an auditor reads it: nothing that it says of itself is believed. */
export type LedgerEntry = { readonly voucher?: Voucher; readonly fault?: FaultyVoucher };

const EntryKey = z.object({ daybook: z.string(), entry: z.string() });

/** Beside the day books, where the last audit of a place came to. */
const checkpointKey = (location: LocationId) => ({ daybook: `${location}#audit`, entry: 'checkpoint' });

export type ReconciliationStore = ReturnType<typeof reconciliationStore>;

export const reconciliationStore = (tables: Tables) => {
  const { client, name } = tables;
  const walkOf = (daybook: string, after: PagePosition | undefined) => ({
    fixed: { daybook },
    moving: ['entry'],
    after,
  });
  const surely = (daybook: string) => ({ ...partitionEquals('daybook', daybook), ConsistentRead: true });
  return {
    /** A day book: each voucher beside the hash of what was said, taken when it was recorded. */
    day: (location: LocationId, day: Day, after?: PagePosition): Promise<Page<LedgerEntry>> => {
      const daybook = daybookOf(location, day);
      const query = { ...surely(daybook), ...VOUCHERS_ONLY_FILTER };
      return queryPage(tables, 'Ledger', walkOf(daybook, after), query, toLedgerEntry);
    },

    /** What came back of each voucher of a day. */
    backs: (location: LocationId, day: Day, after?: PagePosition): Promise<Page<ReturnedQuantityRow>> => {
      const daybook = returnedQuantityDaybook(location, day);
      return queryPage(tables, 'Ledger', walkOf(daybook, after), surely(daybook), (item) => {
        const { entry } = EntryKey.parse(item);
        const { back: lines, version } = toReturnedQuantities(item);
        return { of: parseLedgerKey({ daybook, entry }).number, lines, version };
      });
    },

    links: (location: LocationId, from?: Day) => readChainLinks(tables, location, from),

    checkpoint: async (location: LocationId): Promise<ReconciliationCheckpoint | undefined> => {
      const get = new GetCommand({ TableName: name('Ledger'), Key: checkpointKey(location), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && ReconciliationCheckpoint.strip().parse(Item);
    },

    /** Of two audits at once, the one that began last has seen most; a repeat writes the same. */
    keep: async (checkpoint: ReconciliationCheckpoint): Promise<void> => {
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

const toLedgerEntry = (item: Record<string, unknown>): LedgerEntry => {
  const { number } = parseLedgerKey(EntryKey.parse(item));
  try {
    const voucher = toVoucher(item);
    const isSame = Buffer.compare(identityOf(item).claimHash, claimHashOf(voucher.claim)) === 0;
    return isSame ? { voucher } : { voucher, fault: { number, what: 'changed' } };
  } catch {
    return { fault: { number, what: 'unreadable' } };
  }
};

import * as z from 'zod';
import { closesKey, toClose } from '../day-close/close-item.ts';
import { type ChainLink, hashOfClose } from '../day-close/day-close.ts';
import type { LocationId } from '../kernel/ids.ts';
import { allPages, type Page, type PagePosition } from '../kernel/pages.ts';
import { Day } from '../kernel/time.ts';
import { toReturnedQuantities } from '../ledger/returned-quantity-store.ts';
import { VOUCHERS_ONLY_FILTER } from '../ledger/settled-marker.ts';
import type { Voucher } from '../ledger/voucher.ts';
import {
  claimHashOf,
  daybookOf,
  identityOf,
  parseLedgerKey,
  returnedQuantityDaybook,
  toVoucher,
} from '../ledger/voucher-item.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { ReconciliationCheckpoint } from './drift.ts';
import type { FaultyVoucher, ReturnedQuantityRow } from './ledger-reading.ts';

export type LedgerEntry = { readonly voucher?: Voucher; readonly fault?: FaultyVoucher };

const EntryKey = z.object({ daybook: z.string(), entry: z.string() });

const checkpointKey = (location: LocationId) => ({ daybook: `${location}#audit`, entry: 'checkpoint' });

export type ReconciliationStore = ReturnType<typeof reconciliationStore>;

export const reconciliationStore = (tables: Tables) => {
  const { client, name } = tables;
  const walkOf = (daybook: string, after: PagePosition | undefined) => ({
    fixedKeys: { daybook },
    positionKeys: ['entry'],
    after,
  });
  const consistentQuery = (daybook: string) => ({ ...partitionEquals('daybook', daybook), ConsistentRead: true });
  return {
    /** Checks each voucher against its claim hash. */
    day: (location: LocationId, day: Day, after?: PagePosition): Promise<Page<LedgerEntry>> => {
      const daybook = daybookOf(location, day);
      const query = { ...consistentQuery(daybook), ...VOUCHERS_ONLY_FILTER };
      return queryPage(tables, 'Ledger', walkOf(daybook, after), query, toLedgerEntry);
    },

    backs: (location: LocationId, day: Day, after?: PagePosition): Promise<Page<ReturnedQuantityRow>> => {
      const daybook = returnedQuantityDaybook(location, day);
      return queryPage(tables, 'Ledger', walkOf(daybook, after), consistentQuery(daybook), (item) => {
        const { entry } = EntryKey.parse(item);
        const { returned: lines, version } = toReturnedQuantities(item);
        return { of: parseLedgerKey({ daybook, entry }).number, lines, version };
      });
    },

    links: (location: LocationId, from?: Day) => readChainLinks(tables, location, from),

    checkpoint: async (location: LocationId): Promise<ReconciliationCheckpoint | undefined> => {
      const get = new GetCommand({ TableName: name('Ledger'), Key: checkpointKey(location), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && ReconciliationCheckpoint.strip().parse(Item);
    },

    /** The newer reconciliation wins. A repeat writes the same. */
    keep: async (checkpoint: ReconciliationCheckpoint): Promise<void> => {
      const put = new PutCommand({
        TableName: name('Ledger'),
        Item: { ...checkpoint, ...checkpointKey(checkpoint.location) },
        ConditionExpression: 'attribute_not_exists(daybook) OR auditedAt <= :at',
        ExpressionAttributeValues: { ':at': checkpoint.auditedAt },
      });
      await client.send(put).catch((error: unknown) => {
        if (!isConditionalCheckFailed(error)) throw error;
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

/** Stored hashes are not trusted. */
const readChainLinks = (
  tables: Tables,
  location: LocationId,
  from?: Day,
): Promise<(ChainLink | { unreadable: Day })[]> => {
  const daybook = closesKey(location);
  const query = {
    ConsistentRead: true,
    KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
    // Days start with digits, so `head` is excluded.
    ExpressionAttributeValues: { ':daybook': daybook, ':from': from ?? '0', ':to': '9' },
  };
  const pages = { fixedKeys: { daybook }, positionKeys: ['entry'] };
  return allPages((after) => queryPage(tables, 'Ledger', { ...pages, after }, query, toChainLink));
};

const toChainLink = (stored: Record<string, unknown>): ChainLink | { unreadable: Day } => {
  try {
    const { hash, ...close } = toClose(stored);
    return { ...close, hash, rehashed: hashOfClose(close) };
  } catch {
    return { unreadable: Day.parse(EntryKey.parse(stored).entry.slice(0, 10)) };
  }
};

import * as z from 'zod';
import type { LocationId, StockLocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { transact } from '../platform/transact.ts';
import { reopenDayUpdate } from './reopened-day-store.ts';
import { NO_VOUCHER_CONDITION } from './settled-marker.ts';
import { ledgerKey } from './voucher-item.ts';

const pendingReturnDaybook = (location: LocationId): string => `${location}#waiting`;
const pendingReturnKey = (location: LocationId, of: VoucherNumber) => ({
  daybook: pendingReturnDaybook(location),
  entry: of,
});

const PendingReturnRow = z.object({ entry: VoucherNumber });

/** The condition that the sale is unrecorded keeps the row complete. */
export const pendingReturnActions = (TableName: string, location: LocationId, of: VoucherNumber) => [
  { ConditionCheck: { TableName, Key: ledgerKey(location, of), ConditionExpression: NO_VOUCHER_CONDITION } },
  { Put: { TableName, Item: pendingReturnKey(location, of) } },
];

export type PendingReturnStore = ReturnType<typeof pendingReturnStore>;

/** By location. */
export const pendingReturnStore = (tables: Tables) => ({
  at: (location: StockLocationId): Promise<VoucherNumber[]> =>
    allPages((after) => {
      const pageKeys = { fixedKeys: { daybook: pendingReturnDaybook(location) }, positionKeys: ['entry'], after };
      const query = { ...partitionEquals('daybook', pendingReturnDaybook(location)), ConsistentRead: true };
      return queryPage(tables, 'Ledger', pageKeys, query, (row) => PendingReturnRow.parse(row).entry);
    }),

  /** Closes the days of its returns again. Idempotent. */
  came: (location: StockLocationId, of: VoucherNumber, days: ReadonlySet<Day>): Promise<void> => {
    const TableName = tables.name('Ledger');
    const actions = [
      { Delete: { TableName, Key: pendingReturnKey(location, of) } },
      ...[...days].map((day) => ({ Update: reopenDayUpdate(TableName, location, day, 'follows') })),
    ];
    return transact(tables.client, actions, undefined, () => undefined);
  },
});

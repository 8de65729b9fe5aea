import * as z from 'zod';
import type { LocationId, Place } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { transact } from '../platform/transact.ts';
import { ledgerKey } from './ledger-keys.ts';
import { reopen } from './reopened-day-store.ts';
import { NO_VOUCHER } from './settled-marker.ts';

const bookOf = (location: Place): string => `${location}#waiting`;
const keyOf = (location: Place, of: VoucherNumber) => ({ daybook: bookOf(location), entry: of });
const Row = z.object({ entry: VoucherNumber });

/**
 * Beside a return whose sale has not come in, in its transaction: the sale that is waited for, and that it is surely not there. So whoever looks at a sale that is in the
 * book sees all that waited for it.
 */
export const waitingActions = (TableName: string, location: Place, of: VoucherNumber) => [
  {
    ConditionCheck: {
      ...{ TableName, Key: ledgerKey(location, of) },
      ConditionExpression: NO_VOUCHER,
    },
  },
  { Put: { TableName, Item: keyOf(location, of) } },
];

export type WaitingStore = ReturnType<typeof waitingStore>;

/** Sales that returns wait for, of each location apart, until a close has seen that they came. */
export const waitingStore = (tables: Tables) => ({
  at: (location: LocationId): Promise<VoucherNumber[]> =>
    everything((after) => {
      const walk = { fixed: { daybook: bookOf(location) }, moving: ['entry'], after };
      const query = { ...within('daybook', bookOf(location)), ConsistentRead: true };
      return queryPage(tables, 'Ledger', walk, query, (row) => Row.parse(row).entry);
    }),

  /** It came: the days on which it was waited for are closed again, and nobody waits any more. Done twice, they are looked at twice. */
  came: (location: LocationId, of: VoucherNumber, days: ReadonlySet<Day>): Promise<void> => {
    const TableName = tables.name('Ledger');
    const actions = [
      { Delete: { TableName, Key: keyOf(location, of) } },
      ...[...days].map((day) => ({ Update: reopen(TableName, location, day, 'follows') })),
    ];
    return transact(tables.client, actions, undefined, () => undefined);
  },
});

import type { Place } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import type { Close } from './day-close.ts';
import { AskedFor, askedIn } from './missing-numbers.ts';

const bookOf = (location: Place): string => `${location}#asked`;

/**
 * Beside a day's next edition, in its transaction: what it asks for, or that it asks for nothing any more. So a location's days that ask for something stand alone, however
 * many were closed. What follows another edition is guarded by the head of the chain.
 */
export const askedChange = (TableName: string, close: Close, latest: Close | undefined) => {
  const { location, day, edition } = close;
  const Key = { daybook: bookOf(location), entry: day };
  const terminals = askedIn(close);
  if (terminals.length > 0) return [{ Put: { TableName, Item: { ...Key, location, day, edition, terminals } } }];
  return latest && askedIn(latest).length > 0 ? [{ Delete: { TableName, Key } }] : [];
};

export type AskedStore = ReturnType<typeof askedStore>;

export const askedStore = (tables: Tables) => ({
  /** By day. It may be a moment old. */
  at: (location: Place): Promise<AskedFor[]> =>
    everything((after) => {
      const daybook = bookOf(location);
      const walk = { fixed: { daybook }, moving: ['entry'], after };
      return queryPage(tables, 'Ledger', walk, within('daybook', daybook), (row) => AskedFor.strip().parse(row));
    }),
});

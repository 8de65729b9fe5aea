import type { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import type { DayClose } from './day-close.ts';
import { incompleteTerminalsOf, MissingNumbers } from './missing-numbers.ts';

const missingNumbersKey = (location: LocationId): string => `${location}#asked`;

/**
 * Beside a day's next edition, in its transaction: what it asks for, or that it asks for nothing any more. So a location's days that ask for something stand alone, however
 * many were closed. What follows another edition is guarded by the head of the chain.
 */
export const missingNumberChange = (TableName: string, close: DayClose, latest: DayClose | undefined) => {
  const { location, day, edition } = close;
  const Key = { daybook: missingNumbersKey(location), entry: day };
  const terminals = incompleteTerminalsOf(close);
  if (terminals.length > 0) return [{ Put: { TableName, Item: { ...Key, location, day, edition, terminals } } }];
  return latest && incompleteTerminalsOf(latest).length > 0 ? [{ Delete: { TableName, Key } }] : [];
};

export type MissingNumberStore = ReturnType<typeof missingNumberStore>;

export const missingNumberStore = (tables: Tables) => ({
  /** By day. It may be a moment old. */
  at: (location: LocationId): Promise<MissingNumbers[]> =>
    allPages((after) => {
      const daybook = missingNumbersKey(location);
      const walk = { fixed: { daybook }, moving: ['entry'], after };
      return queryPage(tables, 'Ledger', walk, partitionEquals('daybook', daybook), (row) =>
        MissingNumbers.strip().parse(row),
      );
    }),
});

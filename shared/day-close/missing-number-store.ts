import type { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import type { DayClose } from './day-close.ts';
import { incompleteTerminalsOf, MissingNumbers } from './missing-numbers.ts';

const missingNumbersKey = (location: LocationId): string => `${location}#asked`;

/** The chain head guards concurrent editions. */
export const missingNumberChange = (TableName: string, close: DayClose, latest: DayClose | undefined) => {
  const { location, day, edition } = close;
  const Key = { daybook: missingNumbersKey(location), entry: day };
  const terminals = incompleteTerminalsOf(close);
  if (terminals.length > 0) return [{ Put: { TableName, Item: { ...Key, location, day, edition, terminals } } }];
  return latest && incompleteTerminalsOf(latest).length > 0 ? [{ Delete: { TableName, Key } }] : [];
};

export type MissingNumberStore = ReturnType<typeof missingNumberStore>;

export const missingNumberStore = (tables: Tables) => ({
  /** Eventually consistent. */
  at: (location: LocationId): Promise<MissingNumbers[]> =>
    allPages((after) => {
      const daybook = missingNumbersKey(location);
      const pages = { fixed: { daybook }, moving: ['entry'], after };
      return queryPage(tables, 'Ledger', pages, partitionEquals('daybook', daybook), (row) =>
        MissingNumbers.strip().parse(row),
      );
    }),
});

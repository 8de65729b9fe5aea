import * as z from 'zod';
import { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { Day } from '../kernel/time.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, QueryCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import type { LocationDay, MistakenSales } from './close-chain.ts';
import type { NamedNumbers } from './closed-terminals.ts';
import type { DayClose } from './day-close.ts';
import { incompleteTerminalsOf, MissingNumbers } from './missing-numbers.ts';

const namedNumbersKey = (location: LocationId): string => `${location}#named`;
/** By the day of the sale. */
const mistakenSalesKey = (location: LocationId): string => `${location}#mistaken`;
const costReadersKey = (location: LocationId, day: Day) => ({ daybook: `${location}#cost-readers`, entry: day });

const missingNumbersKey = (location: LocationId): string => `${location}#asked`;

const CostReaders = z.object({ readers: z.set(z.string()) });
const readerFrom = (reader: string): LocationDay => {
  const [location, day] = reader.split('#');
  return { location: LocationId.parse(location), day: Day.parse(day) };
};

/** Strongly consistent. */
export const rowsBeginningWith =
  ({ client, name }: Tables) =>
  async (daybook: string, prefix: string, last?: boolean) => {
    const ask = new QueryCommand({
      TableName: name('Ledger'),
      ConsistentRead: true,
      KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :prefix)',
      ExpressionAttributeValues: { ':daybook': daybook, ':prefix': prefix },
      ...(last && { ScanIndexForward: false, Limit: 1 }),
    });
    return (await client.send(ask)).Items ?? [];
  };

/** Facts from other days that a close reads, such as the averages of a sender's day. */
export const closeEvidenceStore = (tables: Tables) => {
  const { client, name } = tables;
  const query = rowsBeginningWith(tables);

  return {
    /** Later mistake reversals of this day's sales. */
    mistakenReversals: async (location: LocationId, day: Day): Promise<VoucherNumber[]> =>
      (await query(mistakenSalesKey(location), day)).flatMap((row) => [
        ...z.object({ reversals: z.set(VoucherNumber) }).parse(row).reversals,
      ]),

    costReaders: async (location: LocationId, day: Day): Promise<LocationDay[]> => {
      const get = new GetCommand({
        TableName: name('Ledger'),
        Key: costReadersKey(location, day),
        ConsistentRead: true,
      });
      const { Item } = await client.send(get);
      return Item ? [...CostReaders.parse(Item).readers].map(readerFrom) : [];
    },

    /**
     * Register before reading: then the reader sees new averages, or the writer sees the reader.
     */
    registerCostReader: async ({ location, day }: LocationDay, reader: LocationDay): Promise<void> => {
      const update = new UpdateCommand({
        TableName: name('Ledger'),
        Key: costReadersKey(location, day),
        UpdateExpression: 'ADD readers :reader',
        ExpressionAttributeValues: { ':reader': new Set([`${reader.location}#${reader.day}`]) },
      });
      await client.send(update);
    },

    namedNumbers: async (location: LocationId, day: Day): Promise<NamedNumbers[]> =>
      (await query(namedNumbersKey(location), `${day}#`)).flatMap((row) => {
        const { numbers, ends } = z
          .object({ numbers: z.set(VoucherNumber), ends: z.boolean().default(false) })
          .parse(row);
        const [first] = numbers;
        return first ? [{ day, terminal: partsOf(first).terminal, numbers: [...numbers], ends }] : [];
      }),
  };
};

export const namedNumbersUpdate = (
  TableName: string,
  location: LocationId,
  { day, terminal, numbers, ends }: NamedNumbers,
) => ({
  TableName,
  Key: { daybook: namedNumbersKey(location), entry: `${day}#${terminal}` },
  UpdateExpression: ends ? 'ADD numbers :numbers SET #ends = :ends' : 'ADD numbers :numbers',
  ...(ends && { ExpressionAttributeNames: { '#ends': 'ends' } }),
  ExpressionAttributeValues: { ':numbers': new Set(numbers), ...(ends && { ':ends': true }) },
});

export const mistakenSalesUpdate = (TableName: string, location: LocationId, { day, reversals }: MistakenSales) => ({
  TableName,
  Key: { daybook: mistakenSalesKey(location), entry: day },
  UpdateExpression: 'ADD reversals :reversals',
  ExpressionAttributeValues: { ':reversals': new Set(reversals) },
});

/** Fails if another reader registered meanwhile. */
export const readersUnchanged = (
  TableName: string,
  location: LocationId,
  day: Day,
  readers: readonly LocationDay[],
) => ({
  TableName,
  Key: costReadersKey(location, day),
  ...(readers.length > 0
    ? {
        ConditionExpression: 'readers = :readers',
        ExpressionAttributeValues: { ':readers': new Set(readers.map((one) => `${one.location}#${one.day}`)) },
      }
    : { ConditionExpression: 'attribute_not_exists(readers)' }),
});

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
      const pages = { fixedKeys: { daybook }, positionKeys: ['entry'], after };
      return queryPage(tables, 'Ledger', pages, partitionEquals('daybook', daybook), (row) =>
        MissingNumbers.strip().parse(row),
      );
    }),
});

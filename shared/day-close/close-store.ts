import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isProducer, LocationId } from '../kernel/ids.ts';
import { allPages, type Page, type PagePosition } from '../kernel/pages.ts';
import { addDays, Day, type Instant } from '../kernel/time.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { type ReopenedDay, reopenDayUpdate, reopenedDayDelete, reopenedDaysOf } from '../ledger/reopened-day-store.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { queryPage } from '../platform/query-page.ts';
import { CONFLICT } from '../platform/retry.ts';
import { type TransactActions, transact } from '../platform/transact.ts';
import { hashOfClose } from './close-hash.ts';
import { closesKey, toClose, toClosedSales, toCloseItem } from './close-item.ts';
import type { NamedNumbers } from './closed-terminals.ts';
import { type ClosedSales, type DayClose, type DayTotals, Hash } from './day-close.ts';
import { missingNumberChange } from './missing-number-store.ts';

/** The end of a location's chain of closes; `from` and `to`: the days that have any; `unsealed`: the last, which may not be with the seals yet; those before it are. */
const ChainHead = z.object({
  sequence: z.int().min(1),
  hash: Hash,
  from: Day,
  to: Day,
  unsealed: z.array(z.object({ sequence: z.int().min(1), hash: Hash })),
});
export type ChainHead = z.infer<typeof ChainHead>;

/** What was seen of a day before it was reckoned. */
export type DayCloseState = {
  readonly head: ChainHead | undefined;
  readonly mark: ReopenedDay | undefined;
  readonly latest: DayClose | undefined;
};

export type NextEdition = {
  readonly closing: DayTotals & Pick<DayClose, 'books'>;
  readonly closedAt: Instant;
  /** Does the day after begin with something else than it did, or is it to be looked at for what came late? */
  readonly affectsNextDay: boolean;
  /** What this book says of other days, and which of those are to be closed again for it. */
  readonly namedNumbers: readonly NamedNumbers[];
  readonly reopenedDays: readonly Day[];
  /** What this book takes back, as a mistake, of the sales of other days. */
  readonly mistakenSales: readonly MistakenSales[];
  /** Where the day's averages are not those of its edition before: whose closes read them, as they were read. */
  readonly costReaders: readonly LocationDay[] | undefined;
  /** Other closes to be looked at again, at other locations. */
  readonly elsewhere: readonly LocationDay[];
};

/** Of the sales of a day, the reversals that say that they were mistakes. */
export type MistakenSales = { readonly day: Day; readonly reversals: readonly VoucherNumber[] };

/** A transaction holds 100 actions, of which the close itself takes six. */
const MAX_UPDATES = 90;

const headKey = (location: LocationId) => ({ daybook: closesKey(location), entry: 'head' });
const namedNumbersKey = (location: LocationId): string => `${location}#named`;
/** By the day of a sale, the reversals of later days that say that it was a mistake. */
const mistakenSalesKey = (location: LocationId): string => `${location}#mistaken`;
/** By the day, whose closes value goods at the averages of that day. */
const costReadersKey = (location: LocationId, day: Day) => ({ daybook: `${location}#cost-readers`, entry: day });

/** A day's close of a location. */
export type LocationDay = { readonly location: LocationId; readonly day: Day };

const CostReaders = z.object({ readers: z.set(z.string()) });
const readerFrom = (reader: string): LocationDay => {
  const [location, day] = reader.split('#');
  return { location: LocationId.parse(location), day: Day.parse(day) };
};

export type CloseStore = ReturnType<typeof closeStore>;

export const closeStore = (tables: Tables) => {
  const { client, name } = tables;
  const query = async (daybook: string, prefix: string, last?: boolean) => {
    const ask = new QueryCommand({
      TableName: name('Ledger'),
      ConsistentRead: true,
      KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :prefix)',
      ExpressionAttributeValues: { ':daybook': daybook, ':prefix': prefix },
      ...(last && { ScanIndexForward: false, Limit: 1 }),
    });
    return (await client.send(ask)).Items ?? [];
  };

  return {
    /** The end of the chain, as it surely stands. */
    head: async (location: LocationId): Promise<ChainHead | undefined> => {
      const [item] = await query(closesKey(location), headKey(location).entry);
      return item && ChainHead.parse(item);
    },

    /** The last edition of a day. */
    latest: async (location: LocationId, day: Day): Promise<DayClose | undefined> => {
      const [item] = await query(closesKey(location), `${day}#`, true);
      return item && toClose(item);
    },

    /** What the last edition of a day says of demand. */
    sales: async (location: LocationId, day: Day): Promise<ClosedSales | undefined> => {
      const [item] = await query(closesKey(location), `${day}#`, true);
      return item && toClosedSales(item);
    },

    /** All closes of a location, by day and edition. */
    all: (location: LocationId, after?: PagePosition): Promise<Page<DayClose>> => {
      const daybook = closesKey(location);
      const walk = { fixed: { daybook }, moving: ['entry'], after };
      const asked = {
        ConsistentRead: true,
        KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :century)',
        ExpressionAttributeValues: { ':daybook': daybook, ':century': '2' },
      };
      return queryPage(tables, 'Ledger', walk, asked, toClose);
    },

    /** The latest edition of each of these days that was closed, in their order. It may be a moment old, for figures over many days, or is asked for as it surely stands. */
    between: async (
      location: LocationId,
      { from, to }: { readonly from: Day; readonly to: Day },
      how?: 'surely',
    ): Promise<DayClose[]> => {
      const daybook = closesKey(location);
      const asked = {
        ConsistentRead: how === 'surely',
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': from, ':to': `${to}#~` },
      };
      const walk = { fixed: { daybook }, moving: ['entry'] };
      const all = await allPages((after) => queryPage(tables, 'Ledger', { ...walk, after }, asked, toClose));
      return [...new Map(all.map((close) => [close.day, close])).values()];
    },

    /** Days that are to be closed again, the earliest first. */
    reopened: (location: LocationId) => reopenedDaysOf(tables, location),

    /** The reversals of later days that say of a day's sales that they were mistakes. */
    mistakenReversals: async (location: LocationId, day: Day): Promise<VoucherNumber[]> =>
      (await query(mistakenSalesKey(location), day)).flatMap((row) => [
        ...z.object({ reversals: z.set(VoucherNumber) }).parse(row).reversals,
      ]),

    /** Closes that value goods at the averages of this day. */
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
     * A close is going to read the averages of this day, and is closed again when they change. Written before they are read: then
     * either the reader sees the new ones, or whoever changes them sees the reader.
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

    /** What other days say of numbers of this one. */
    namedNumbers: async (location: LocationId, day: Day): Promise<NamedNumbers[]> =>
      (await query(namedNumbersKey(location), `${day}#`)).flatMap((row) => {
        const { numbers, ends } = z
          .object({ numbers: z.set(VoucherNumber), ends: z.boolean().default(false) })
          .parse(row);
        const [first] = numbers;
        return first ? [{ day, terminal: partsOf(first).terminal, numbers: [...numbers], ends }] : [];
      }),

    /**
     * The day's next edition, at the end of the chain as it was seen. Its mark goes as it was seen, so that a voucher that commits meanwhile is not
     * forgotten; the district is told; and what follows from it is marked, so that whoever goes on after a crash finds it. `STALE`: nothing was done.
     */
    append: async ({ head, mark, latest }: DayCloseState, next: NextEdition): Promise<DayClose | typeof CONFLICT> => {
      const { closing, closedAt, affectsNextDay, namedNumbers, reopenedDays, mistakenSales, costReaders, elsewhere } =
        next;
      const { location, day, district } = closing;
      const [edition, sequence] = [(latest?.edition ?? 0) + 1, (head?.sequence ?? 0) + 1];
      const before = head && { before: head.hash };
      const unhashed = { ...closing, edition, sequence, closedAt, ...before };
      const close: DayClose = { ...unhashed, hash: hashOfClose(unhashed) };
      const becomes: ChainHead = {
        sequence,
        hash: close.hash,
        unsealed: [{ sequence, hash: close.hash }],
        from: head && head.from < day ? head.from : day,
        to: head && head.to > day ? head.to : day,
      };
      const follow = affectsNextDay && day < becomes.to ? [addDays(day, 1)] : [];
      const TableName = name('Ledger');
      // Names before marks: who is woken by a mark finds what is named.
      const told = [
        ...namedNumbers.map((one) => ({
          TableName,
          Key: { daybook: namedNumbersKey(location), entry: `${one.day}#${one.terminal}` },
          UpdateExpression: one.ends ? 'ADD numbers :numbers SET #ends = :ends' : 'ADD numbers :numbers',
          ...(one.ends && { ExpressionAttributeNames: { '#ends': 'ends' } }),
          ExpressionAttributeValues: { ':numbers': new Set(one.numbers), ...(one.ends && { ':ends': true }) },
        })),
        ...mistakenSales.map(({ day: of, reversals }) => ({
          TableName,
          Key: { daybook: mistakenSalesKey(location), entry: of },
          UpdateExpression: 'ADD reversals :reversals',
          ExpressionAttributeValues: { ':reversals': new Set(reversals) },
        })),
        ...eachOnce([...reopenedDays.map((other) => ({ location, day: other })), ...(costReaders ?? []), ...elsewhere])
          .filter((other) => other.location !== location || ![...follow, day].includes(other.day))
          .map((other) => reopenDayUpdate(TableName, other.location, other.day, 'follows')),
      ];
      // What a transaction has no room for is said before it: vouchers say it whether this closes or not, and a mark too many is only looked at.
      for (const update of told.slice(0, -MAX_UPDATES)) await client.send(new UpdateCommand(update));
      return commit(close.hash, [
        {
          Put: {
            TableName,
            Item: toCloseItem(close),
            ConditionExpression: 'attribute_not_exists(daybook)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        {
          Put: {
            TableName,
            Item: { ...headKey(location), ...becomes },
            ...(head
              ? { ConditionExpression: '#hash = :hash', ExpressionAttributeNames: { '#hash': 'hash' } }
              : { ConditionExpression: 'attribute_not_exists(daybook)' }),
            ...(head && { ExpressionAttributeValues: { ':hash': head.hash } }),
          },
        },
        { Delete: reopenedDayDelete(TableName, location, day, mark) },
        // What an area comes to is of its shelves and tills: a workshop has neither.
        ...(isProducer(location) ? [] : [{ Update: reopenDayUpdate(TableName, `area#${district}`, day) }]),
        ...(costReaders ? [{ ConditionCheck: readersAre(TableName, location, day, costReaders) }] : []),
        ...missingNumberChange(TableName, close, latest),
        ...follow.map((other) => ({ Update: reopenDayUpdate(TableName, location, other, 'follows') })),
        ...told.slice(-MAX_UPDATES).map((Update) => ({ Update })),
      ]).then((did) => (did === CONFLICT ? CONFLICT : close));
    },

    /** A day that was reopened and is as it was closed: its mark goes; and the next day is looked at, if something came late. */
    confirmUnchanged: (
      location: LocationId,
      day: Day,
      { mark, head }: DayCloseState,
    ): Promise<typeof CONFLICT | 'done'> => {
      const follow = mark && mark.times > 0 && head && day < head.to ? [addDays(day, 1)] : [];
      return commit(undefined, [
        { Delete: reopenedDayDelete(name('Ledger'), location, day, mark) },
        ...follow.map((other) => ({ Update: reopenDayUpdate(name('Ledger'), location, other, 'follows') })),
      ]);
    },
  };

  /** Our own close in the way, of the hash that ours has: it was done, and the answer was lost. */
  function commit(ours: Hash | undefined, actions: TransactActions): Promise<typeof CONFLICT | 'done'> {
    return transact<typeof CONFLICT | 'done'>(client, actions, 'done', (reasons) => {
      if (!reasons.some(isConditionFailed)) return undefined;
      return ours !== undefined && isConditionFailed(reasons[0]) && conflictingItemOf(reasons[0])?.hash === ours
        ? 'done'
        : CONFLICT;
    });
  }
};

/** Each once: a transaction may touch a row once. */
const eachOnce = (days: readonly LocationDay[]): LocationDay[] => [
  ...new Map(days.map((one) => [`${one.location}#${one.day}`, one])).values(),
];

/** Nobody began to read this day's averages since its readers were read. */
const readersAre = (TableName: string, location: LocationId, day: Day, readers: readonly LocationDay[]) => ({
  TableName,
  Key: costReadersKey(location, day),
  ...(readers.length > 0
    ? {
        ConditionExpression: 'readers = :readers',
        ExpressionAttributeValues: { ':readers': new Set(readers.map((one) => `${one.location}#${one.day}`)) },
      }
    : { ConditionExpression: 'attribute_not_exists(readers)' }),
});

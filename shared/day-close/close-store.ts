import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isProducer, Place } from '../kernel/ids.ts';
import { everything, type Page, type Position } from '../kernel/pages.ts';
import { addDays, Day, type Instant } from '../kernel/time.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { closed, type Reopened, reopen, reopenedOf } from '../ledger/reopened-day-store.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { isRefused, itemIn } from '../platform/dynamodb-errors.ts';
import { queryPage } from '../platform/query-page.ts';
import { STALE } from '../platform/retry.ts';
import { type Actions, transact } from '../platform/transact.ts';
import { hashOfClose } from './close-hash.ts';
import { closesOf, toClose, toClosedSales, toCloseItem } from './close-item.ts';
import { type Close, type ClosedSales, type Closing, Hash } from './day-close.ts';
import { askedChange } from './missing-number-store.ts';
import type { Named } from './terminals.ts';

/** The end of a location's chain of closes; `from` and `to`: the days that have any; `unsealed`: the last, which may not be with the seals yet; those before it are. */
const Head = z.object({
  sequence: z.int().min(1),
  hash: Hash,
  from: Day,
  to: Day,
  unsealed: z.array(z.object({ sequence: z.int().min(1), hash: Hash })),
});
export type Head = z.infer<typeof Head>;

/** What was seen of a day before it was reckoned. */
export type Seen = {
  readonly head: Head | undefined;
  readonly mark: Reopened | undefined;
  readonly latest: Close | undefined;
};

export type Next = {
  readonly closing: Closing & Pick<Close, 'books'>;
  readonly closedAt: Instant;
  /** Does the day after begin with something else than it did, or is it to be looked at for what came late? */
  readonly leads: boolean;
  /** What this book says of other days, and which of those are to be closed again for it. */
  readonly names: readonly Named[];
  readonly reopens: readonly Day[];
  /** What this book takes back, as a mistake, of the sales of other days. */
  readonly mistakes: readonly Mistaken[];
  /** Where the day's averages are not those of its edition before: whose closes read them, as they were read. */
  readonly costReaders: readonly DayOfPlace[] | undefined;
  /** Other closes to be looked at again, at other locations. */
  readonly elsewhere: readonly DayOfPlace[];
};

/** Of the sales of a day, the reversals that say that they were mistakes. */
export type Mistaken = { readonly day: Day; readonly reversals: readonly VoucherNumber[] };

/** A transaction holds 100 actions, of which the close itself takes six. */
const MOST_TOLD = 90;

const headKey = (location: Place) => ({ daybook: closesOf(location), entry: 'head' });
const namedIn = (location: Place): string => `${location}#named`;
/** By the day of a sale, the reversals of later days that say that it was a mistake. */
const mistakenIn = (location: Place): string => `${location}#mistaken`;
/** By the day, whose closes value goods at the averages of that day. */
const costReadersKey = (location: Place, day: Day) => ({ daybook: `${location}#cost-readers`, entry: day });

/** A day's close of a location. */
export type DayOfPlace = { readonly location: Place; readonly day: Day };

const CostReaders = z.object({ readers: z.set(z.string()) });
const readerFrom = (reader: string): DayOfPlace => {
  const [location, day] = reader.split('#');
  return { location: Place.parse(location), day: Day.parse(day) };
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
    head: async (location: Place): Promise<Head | undefined> => {
      const [item] = await query(closesOf(location), headKey(location).entry);
      return item && Head.parse(item);
    },

    /** The last edition of a day. */
    latest: async (location: Place, day: Day): Promise<Close | undefined> => {
      const [item] = await query(closesOf(location), `${day}#`, true);
      return item && toClose(item);
    },

    /** What the last edition of a day says of demand. */
    sold: async (location: Place, day: Day): Promise<ClosedSales | undefined> => {
      const [item] = await query(closesOf(location), `${day}#`, true);
      return item && toClosedSales(item);
    },

    /** All closes of a location, by day and edition. */
    all: (location: Place, after?: Position): Promise<Page<Close>> => {
      const daybook = closesOf(location);
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
      location: Place,
      { from, to }: { readonly from: Day; readonly to: Day },
      how?: 'surely',
    ): Promise<Close[]> => {
      const daybook = closesOf(location);
      const asked = {
        ConsistentRead: how === 'surely',
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': from, ':to': `${to}#~` },
      };
      const walk = { fixed: { daybook }, moving: ['entry'] };
      const all = await everything((after) => queryPage(tables, 'Ledger', { ...walk, after }, asked, toClose));
      return [...new Map(all.map((close) => [close.day, close])).values()];
    },

    /** Days that are to be closed again, the earliest first. */
    reopened: (location: Place) => reopenedOf(tables, location),

    /** The reversals of later days that say of a day's sales that they were mistakes. */
    mistaken: async (location: Place, day: Day): Promise<VoucherNumber[]> =>
      (await query(mistakenIn(location), day)).flatMap((row) => [
        ...z.object({ reversals: z.set(VoucherNumber) }).parse(row).reversals,
      ]),

    /** Closes that value goods at the averages of this day. */
    costReaders: async (location: Place, day: Day): Promise<DayOfPlace[]> => {
      const get = new GetCommand({
        ...{ TableName: name('Ledger'), Key: costReadersKey(location, day), ConsistentRead: true },
      });
      const { Item } = await client.send(get);
      return Item ? [...CostReaders.parse(Item).readers].map(readerFrom) : [];
    },

    /**
     * A close is going to read the averages of this day, and is closed again when they change. Written before they are read: then
     * either the reader sees the new ones, or whoever changes them sees the reader.
     */
    readCosts: async ({ location, day }: DayOfPlace, reader: DayOfPlace): Promise<void> => {
      const update = new UpdateCommand({
        TableName: name('Ledger'),
        Key: costReadersKey(location, day),
        UpdateExpression: 'ADD readers :reader',
        ExpressionAttributeValues: { ':reader': new Set([`${reader.location}#${reader.day}`]) },
      });
      await client.send(update);
    },

    /** What other days say of numbers of this one. */
    named: async (location: Place, day: Day): Promise<Named[]> =>
      (await query(namedIn(location), `${day}#`)).flatMap((row) => {
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
    append: async ({ head, mark, latest }: Seen, next: Next): Promise<Close | typeof STALE> => {
      const { closing, closedAt, leads, names, reopens, mistakes, costReaders, elsewhere } = next;
      const { location, day, district } = closing;
      const [edition, sequence] = [(latest?.edition ?? 0) + 1, (head?.sequence ?? 0) + 1];
      const before = head && { before: head.hash };
      const unhashed = { ...closing, edition, sequence, closedAt, ...before };
      const close: Close = { ...unhashed, hash: hashOfClose(unhashed) };
      const becomes: Head = {
        ...{ sequence, hash: close.hash, unsealed: [{ sequence, hash: close.hash }] },
        from: head && head.from < day ? head.from : day,
        to: head && head.to > day ? head.to : day,
      };
      const follow = leads && day < becomes.to ? [addDays(day, 1)] : [];
      const TableName = name('Ledger');
      // Names before marks: who is woken by a mark finds what is named.
      const told = [
        ...names.map((one) => ({
          TableName,
          Key: { daybook: namedIn(location), entry: `${one.day}#${one.terminal}` },
          UpdateExpression: one.ends ? 'ADD numbers :numbers SET #ends = :ends' : 'ADD numbers :numbers',
          ...(one.ends && { ExpressionAttributeNames: { '#ends': 'ends' } }),
          ExpressionAttributeValues: { ':numbers': new Set(one.numbers), ...(one.ends && { ':ends': true }) },
        })),
        ...mistakes.map(({ day: of, reversals }) => ({
          TableName,
          Key: { daybook: mistakenIn(location), entry: of },
          UpdateExpression: 'ADD reversals :reversals',
          ExpressionAttributeValues: { ':reversals': new Set(reversals) },
        })),
        ...eachOnce([...reopens.map((other) => ({ location, day: other })), ...(costReaders ?? []), ...elsewhere])
          .filter((other) => other.location !== location || ![...follow, day].includes(other.day))
          .map((other) => reopen(TableName, other.location, other.day, 'follows')),
      ];
      // What a transaction has no room for is said before it: vouchers say it whether this closes or not, and a mark too many is only looked at.
      for (const update of told.slice(0, -MOST_TOLD)) await client.send(new UpdateCommand(update));
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
        { Delete: closed(TableName, location, day, mark) },
        // What an area comes to is of its shelves and tills: a workshop has neither.
        ...(isProducer(location) ? [] : [{ Update: reopen(TableName, `area#${district}`, day) }]),
        ...(costReaders ? [{ ConditionCheck: readersAre(TableName, location, day, costReaders) }] : []),
        ...askedChange(TableName, close, latest),
        ...follow.map((other) => ({ Update: reopen(TableName, location, other, 'follows') })),
        ...told.slice(-MOST_TOLD).map((Update) => ({ Update })),
      ]).then((did) => (did === STALE ? STALE : close));
    },

    /** A day that was reopened and is as it was closed: its mark goes; and the next day is looked at, if something came late. */
    leave: (location: Place, day: Day, { mark, head }: Seen): Promise<typeof STALE | 'done'> => {
      const follow = mark && mark.times > 0 && head && day < head.to ? [addDays(day, 1)] : [];
      return commit(undefined, [
        { Delete: closed(name('Ledger'), location, day, mark) },
        ...follow.map((other) => ({ Update: reopen(name('Ledger'), location, other, 'follows') })),
      ]);
    },
  };

  /** Our own close in the way, of the hash that ours has: it was done, and the answer was lost. */
  function commit(ours: Hash | undefined, actions: Actions): Promise<typeof STALE | 'done'> {
    return transact<typeof STALE | 'done'>(client, actions, 'done', (reasons) => {
      if (!reasons.some(isRefused)) return undefined;
      return ours !== undefined && isRefused(reasons[0]) && itemIn(reasons[0])?.hash === ours ? 'done' : STALE;
    });
  }
};

/** Each once: a transaction may touch a row once. */
const eachOnce = (days: readonly DayOfPlace[]): DayOfPlace[] => [
  ...new Map(days.map((one) => [`${one.location}#${one.day}`, one])).values(),
];

/** Nobody began to read this day's averages since its readers were read. */
const readersAre = (TableName: string, location: Place, day: Day, readers: readonly DayOfPlace[]) => ({
  ...{ TableName, Key: costReadersKey(location, day) },
  ...(readers.length > 0
    ? {
        ConditionExpression: 'readers = :readers',
        ExpressionAttributeValues: { ':readers': new Set(readers.map((one) => `${one.location}#${one.day}`)) },
      }
    : { ConditionExpression: 'attribute_not_exists(readers)' }),
});

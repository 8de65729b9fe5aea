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
import { closesKey, toClose, toClosedSales, toCloseItem } from './close-item.ts';
import type { NamedNumbers } from './closed-terminals.ts';
import { type ClosedSales, type DayClose, type DayTotals, Hash, hashOfClose } from './day-close.ts';
import { missingNumberChange } from './missing-number-store.ts';

/** `from`, `to`: first and last closed day. `unsealed`: may lack a seal. */
const ChainHead = z.object({
  sequence: z.int().min(1),
  hash: Hash,
  from: Day,
  to: Day,
  unsealed: z.array(z.object({ sequence: z.int().min(1), hash: Hash })),
});
export type ChainHead = z.infer<typeof ChainHead>;

/** Read before the totals are computed. */
export type DayCloseState = {
  readonly head: ChainHead | undefined;
  readonly mark: ReopenedDay | undefined;
  readonly latest: DayClose | undefined;
};

export type NextEdition = {
  readonly closing: DayTotals & Pick<DayClose, 'books'>;
  readonly closedAt: Instant;
  readonly affectsNextDay: boolean;
  readonly namedNumbers: readonly NamedNumbers[];
  readonly reopenedDays: readonly Day[];
  readonly mistakenSales: readonly MistakenSales[];
  /** Readers of the averages, if these changed. */
  readonly costReaders: readonly LocationDay[] | undefined;
  readonly elsewhere: readonly LocationDay[];
};

export type MistakenSales = { readonly day: Day; readonly reversals: readonly VoucherNumber[] };

/** A transaction holds 100 actions; a close uses up to ten others. */
const MAX_UPDATES = 90;

const headKey = (location: LocationId) => ({ daybook: closesKey(location), entry: 'head' });
const namedNumbersKey = (location: LocationId): string => `${location}#named`;
/** By the day of the sale. */
const mistakenSalesKey = (location: LocationId): string => `${location}#mistaken`;
const costReadersKey = (location: LocationId, day: Day) => ({ daybook: `${location}#cost-readers`, entry: day });

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
    /** Strongly consistent. */
    head: async (location: LocationId): Promise<ChainHead | undefined> => {
      const [item] = await query(closesKey(location), headKey(location).entry);
      return item && ChainHead.parse(item);
    },

    latest: async (location: LocationId, day: Day): Promise<DayClose | undefined> => {
      const [item] = await query(closesKey(location), `${day}#`, true);
      return item && toClose(item);
    },

    sales: async (location: LocationId, day: Day): Promise<ClosedSales | undefined> => {
      const [item] = await query(closesKey(location), `${day}#`, true);
      return item && toClosedSales(item);
    },

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

    /** Eventually consistent by default. */
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

    /** Earliest first. */
    reopened: (location: LocationId) => reopenedDaysOf(tables, location),

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

    /**
     * Also marks the district and affected days. Deletes only an unchanged mark, so that no
     * concurrent voucher is lost. `CONFLICT`: the close was not written.
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
      // Names precede marks, so that a reopened day finds them.
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
        ...uniqueDays([
          ...reopenedDays.map((other) => ({ location, day: other })),
          ...(costReaders ?? []),
          ...elsewhere,
        ])
          .filter((other) => other.location !== location || ![...follow, day].includes(other.day))
          .map((other) => reopenDayUpdate(TableName, other.location, other.day, 'follows')),
      ];
      // Updates beyond the limit come first. They stay true if the close fails; an extra mark is
      // harmless.
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
        ...(isProducer(location) ? [] : [{ Update: reopenDayUpdate(TableName, `area#${district}`, day) }]),
        ...(costReaders ? [{ ConditionCheck: readersUnchanged(TableName, location, day, costReaders) }] : []),
        ...missingNumberChange(TableName, close, latest),
        ...follow.map((other) => ({ Update: reopenDayUpdate(TableName, location, other, 'follows') })),
        ...told.slice(-MAX_UPDATES).map((Update) => ({ Update })),
      ]).then((did) => (did === CONFLICT ? CONFLICT : close));
    },

    /** Marks the next day if a voucher came late. */
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

  /** A conflict on our own hash means that an earlier try committed. */
  function commit(ours: Hash | undefined, actions: TransactActions): Promise<typeof CONFLICT | 'done'> {
    return transact<typeof CONFLICT | 'done'>(client, actions, 'done', (reasons) => {
      if (!reasons.some(isConditionFailed)) return undefined;
      return ours !== undefined && isConditionFailed(reasons[0]) && conflictingItemOf(reasons[0])?.hash === ours
        ? 'done'
        : CONFLICT;
    });
  }
};

/** A transaction may touch a row only once. */
const uniqueDays = (days: readonly LocationDay[]): LocationDay[] => [
  ...new Map(days.map((one) => [`${one.location}#${one.day}`, one])).values(),
];

/** Fails if another reader registered meanwhile. */
const readersUnchanged = (TableName: string, location: LocationId, day: Day, readers: readonly LocationDay[]) => ({
  TableName,
  Key: costReadersKey(location, day),
  ...(readers.length > 0
    ? {
        ConditionExpression: 'readers = :readers',
        ExpressionAttributeValues: { ':readers': new Set(readers.map((one) => `${one.location}#${one.day}`)) },
      }
    : { ConditionExpression: 'attribute_not_exists(readers)' }),
});

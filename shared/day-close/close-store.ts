import { isProducer, type LocationId } from '../kernel/ids.ts';
import { allPages, type Page, type PagePosition } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { type ReopenedDay, reopenDayUpdate, reopenedDayDelete, reopenedDaysOf } from '../ledger/reopened-day-store.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { UpdateCommand } from '../platform/dynamodb-commands.ts';
import { conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { queryPage } from '../platform/query-page.ts';
import { CONFLICT } from '../platform/retry.ts';
import { type TransactActions, transact } from '../platform/transact.ts';
import { ChainHead, closedDayAfter, type NextEdition, nextLink, otherDaysToReopen } from './close-chain.ts';
import { draftDelete, MAX_ROWS, writeDraftRows } from './close-draft-store.ts';
import {
  closeEvidenceStore,
  missingNumberChange,
  mistakenSalesUpdate,
  namedNumbersUpdate,
  readersUnchanged,
  rowsBeginningWith,
} from './close-evidence-store.ts';
import { closesKey, toClose, toClosedSales, toCloseItem } from './close-item.ts';
import type { ClosedSales, DayClose, Hash } from './day-close.ts';
import { toMakerDayItem } from './maker-day.ts';
import { isEmptySellerDay, toSellerDayItems } from './seller-day.ts';

/** Read before the totals are computed. */
export type DayCloseState = {
  readonly head: ChainHead | undefined;
  readonly mark: ReopenedDay | undefined;
  readonly latest: DayClose | undefined;
};

/** TransactWriteItems' limit. */
const MAX_ACTIONS = 100;

const headKey = (location: LocationId) => ({ daybook: closesKey(location), entry: 'head' });

/** Fails once another close is written. */
const headCondition = (head: ChainHead | undefined) =>
  head
    ? {
        ConditionExpression: '#hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': head.hash },
      }
    : { ConditionExpression: 'attribute_not_exists(daybook)' };

export type CloseStore = ReturnType<typeof closeStore>;

export const closeStore = (tables: Tables) => {
  const { client, name } = tables;
  const query = rowsBeginningWith(tables);

  return {
    ...closeEvidenceStore(tables),

    /** Strongly consistent. */
    head: async (location: LocationId): Promise<ChainHead | undefined> => {
      const [item] = await query(closesKey(location), headKey(location).entry);
      return item && ChainHead.parse(item);
    },

    /** Eventually consistent. Locations that were never closed are left out. */
    heads: async (locations: readonly LocationId[]): Promise<ReadonlyMap<LocationId, ChainHead>> => {
      const byKey = new Map(locations.map((location) => [closesKey(location), location]));
      const rows = await batchGet(tables, 'Ledger', locations.map(headKey), false);
      return new Map(
        rows.flatMap((row) => {
          const location = byKey.get(String(row.daybook));
          return location ? [[location, ChainHead.parse(row)] as const] : [];
        }),
      );
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
      const pageKeys = { fixedKeys: { daybook }, positionKeys: ['entry'], after };
      const closesQuery = {
        ConsistentRead: true,
        KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :century)',
        // Days begin with 2, other entries do not.
        ExpressionAttributeValues: { ':daybook': daybook, ':century': '2' },
      };
      return queryPage(tables, 'Ledger', pageKeys, closesQuery, toClose);
    },

    /** The latest edition of each day. Eventually consistent by default. */
    between: async (
      location: LocationId,
      { from, to }: { readonly from: Day; readonly to: Day },
      consistency: 'eventual' | 'strong' = 'eventual',
    ): Promise<DayClose[]> => {
      const daybook = closesKey(location);
      const closesQuery = {
        ConsistentRead: consistency === 'strong',
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': from, ':to': `${to}#~` },
      };
      const pageKeys = { fixedKeys: { daybook }, positionKeys: ['entry'] };
      const all = await allPages((after) => queryPage(tables, 'Ledger', { ...pageKeys, after }, closesQuery, toClose));
      return [...new Map(all.map((close) => [close.day, close])).values()];
    },

    /** Earliest first. */
    reopened: (location: LocationId) => reopenedDaysOf(tables, location),

    /**
     * Also marks the district and affected days. Deletes only an unchanged mark, so that no
     * concurrent voucher is lost. `CONFLICT`: the close was not written, but marks may be.
     */
    append: async ({ head, mark, latest }: DayCloseState, next: NextEdition): Promise<DayClose | typeof CONFLICT> => {
      const { location, day, district } = next.closing;
      const { close, nextHead } = nextLink({ head, latest }, next);
      const nextDays = next.affectsNextDay ? closedDayAfter(day, nextHead) : [];
      const { namedNumbers, mistakenSales, costReaders } = next;
      const sellerItems = next.sellerDays
        .filter((sellerDay) => latest !== undefined || !isEmptySellerDay(sellerDay))
        .flatMap((sellerDay) => toSellerDayItems(sellerDay, close));
      const makerItems = next.makerDay ? [toMakerDayItem(next.makerDay, close)] : [];
      const rows = [...makerItems, ...sellerItems];
      const TableName = name('Ledger');
      const headUnchanged = { TableName, ...headCondition(head) };
      // Numbers that vouchers name come before marks, so that a day closed again reads them.
      const updates = [
        ...namedNumbers.map((one) => namedNumbersUpdate(TableName, location, one)),
        ...mistakenSales.map((one) => mistakenSalesUpdate(TableName, location, one)),
        ...otherDaysToReopen(close, nextDays, next).map((other) =>
          reopenDayUpdate(TableName, other.location, other.day, 'follows'),
        ),
      ];
      const draftRows = rows.slice(MAX_ROWS);
      const actions: TransactActions = [
        {
          Put: {
            TableName,
            Item: toCloseItem(close),
            ConditionExpression: 'attribute_not_exists(daybook)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        { Put: { ...headUnchanged, Item: { ...headKey(location), ...nextHead } } },
        { Delete: reopenedDayDelete(TableName, location, day, mark) },
        ...(isProducer(location) ? [] : [{ Update: reopenDayUpdate(TableName, `area#${district}`, day) }]),
        ...(costReaders ? [{ ConditionCheck: readersUnchanged(TableName, location, day, costReaders) }] : []),
        ...missingNumberChange(TableName, close, latest),
        ...nextDays.map((other) => ({ Update: reopenDayUpdate(TableName, location, other, 'follows') })),
        ...rows.slice(0, MAX_ROWS).map((Item) => ({ Put: { TableName, Item } })),
        ...(draftRows.length > 0 ? [draftDelete(TableName, close)] : []),
      ];
      // Updates beyond the limit are written before the close. If the close then fails, they stay
      // true: an extra mark only closes a day again.
      const excess = Math.max(0, actions.length + updates.length - MAX_ACTIONS);
      for (const update of updates.slice(0, excess)) await client.send(new UpdateCommand(update));
      const headCheck = { ConditionCheck: { ...headUnchanged, Key: headKey(location) } };
      if ((await writeDraftRows(tables, close, draftRows, headCheck)) === CONFLICT) return CONFLICT;
      const result = await commit(close.hash, [...actions, ...updates.slice(excess).map((Update) => ({ Update }))]);
      return result === CONFLICT ? CONFLICT : close;
    },

    /** Deletes the mark of the day, and marks the next day if a voucher came late. */
    confirmUnchanged: (
      location: LocationId,
      day: Day,
      { mark, head }: DayCloseState,
    ): Promise<typeof CONFLICT | 'done'> => {
      const nextDays = mark && mark.times > 0 ? closedDayAfter(day, head) : [];
      return commit(undefined, [
        { Delete: reopenedDayDelete(name('Ledger'), location, day, mark) },
        ...nextDays.map((other) => ({ Update: reopenDayUpdate(name('Ledger'), location, other, 'follows') })),
      ]);
    },
  };

  /** A conflict on our own hash means that an earlier try committed. */
  function commit(closeHash: Hash | undefined, actions: TransactActions): Promise<typeof CONFLICT | 'done'> {
    return transact<typeof CONFLICT | 'done'>(client, actions, 'done', (reasons) => {
      if (!reasons.some(isConditionFailed)) return undefined;
      return closeHash !== undefined &&
        isConditionFailed(reasons[0]) &&
        conflictingItemOf(reasons[0])?.hash === closeHash
        ? 'done'
        : CONFLICT;
    });
  }
};

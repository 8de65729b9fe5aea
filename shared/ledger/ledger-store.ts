import { randomBytes } from 'node:crypto';
import type { LocationId, ProducerId, StockLocationId, TerminalCode } from '../kernel/ids.ts';
import { MAX_SERIAL_GAP } from '../kernel/last-numbers.ts';
import { allPages, type Page, type PagePosition } from '../kernel/pages.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { addDays, type Day, dayOf, daysWithMargin, type Instant } from '../kernel/time.ts';
import {
  partsOf,
  sequenceOf,
  timeOfSequence,
  type VoucherNumber,
  type VoucherSequence,
} from '../kernel/voucher-number.ts';
import type { Season } from '../materials/entitlement-account.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, QueryCommand } from '../platform/dynamodb-commands.ts';
import { conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { CONFLICT } from '../platform/retry.ts';
import { type TransactActions, transact } from '../platform/transact.ts';
import { refusalOfTransaction } from '../stock/transaction-effect-store.ts';
import type { AdmittedVoucher } from './admit-live.ts';
import type { Customer } from './customer.ts';
import { customerPut } from './customer-store.ts';
import type { HeldVoucher } from './held.ts';
import { settlementPut } from './held-store.ts';
import { reopenActions } from './reopened-day-store.ts';
import { isSettledMarker, unsettledCondition, VOUCHERS_ONLY_FILTER } from './settled-marker.ts';
import type { Voucher } from './voucher.ts';
import { transactionEffectsOf } from './voucher-effects-store.ts';
import { daybookOf, ledgerKey, parseLedgerKey, toVoucher, toVoucherItem } from './voucher-item.ts';
import type { LedgerKind } from './voucher-kind.ts';
import { allowsGoodsInHand } from './voucher-kinds.ts';
import { heldIdOf, type RecordResult, resultForTakenNumber } from './voucher-repeat.ts';

/** Series in a warm function's memory. */
const MAX_SERIES = 1_000;

export type LedgerStore = ReturnType<typeof ledgerStore>;

export const ledgerStore = ({ client, name }: Tables) => {
  const tables = { client, name };
  const highestSeen = new Map<string, VoucherNumber>();

  /**
   * One transaction also settles `held`. Units: 2 per started KB of voucher, 2 per stock row, 2 for
   * an ended day, 2 for a customer's phone.
   */
  const record = (
    { voucher, ...decided }: AdmittedVoucher,
    held?: HeldVoucher,
    customer?: Customer,
  ): Promise<RecordResult | Refusal | typeof CONFLICT> => {
    const recordedBy = randomBytes(9).toString('base64url');
    const settled = held ? [{ Put: settlementPut(name('Ledger'), held) }] : [];
    const effects = transactionEffectsOf(tables, voucher.location, decided);
    const actions: TransactActions = [
      {
        Put: {
          TableName: name('Ledger'),
          Item: toVoucherItem(voucher, recordedBy),
          ...unsettledCondition(heldIdOf(voucher.number, voucher.claim)),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      ...settled,
      ...effects.map(({ action }) => action),
      ...reopenActions(name('Ledger'), voucher, voucher.recordedAt, decided.reopens),
      ...(customer ? [{ Put: customerPut(name('Customers'), voucher, customer) }] : []),
    ];

    // The key decides between repeat and conflict, before any stock condition.
    return transact<RecordResult | Refusal | typeof CONFLICT>(
      client,
      actions,
      { did: 'recorded', voucher },
      (reasons) => {
        const [first, ...others] = reasons;
        if (isConditionFailed(first)) return resultForTakenNumber(conflictingItemOf(first), voucher, recordedBy);
        if (others.slice(0, settled.length).some(isConditionFailed)) return CONFLICT;
        return refusalOfTransaction(others.slice(settled.length), effects, allowsGoodsInHand(voucher.claim.kind));
      },
    );
  };

  const get = async (location: LocationId, number: VoucherNumber): Promise<Record<string, unknown> | undefined> => {
    const Key = ledgerKey(location, number);
    return (await client.send(new GetCommand({ TableName: name('Ledger'), Key, ConsistentRead: true }))).Item;
  };

  const dayBook = async (location: LocationId, day: Day, after?: PagePosition): Promise<Page<Voucher>> => {
    const daybook = daybookOf(location, day);
    const pageKeys = { fixedKeys: { daybook }, positionKeys: ['entry'], after };
    return queryPage(
      tables,
      'Ledger',
      pageKeys,
      { ...partitionEquals('daybook', daybook), ...VOUCHERS_ONLY_FILTER, ConsistentRead: true },
      toVoucher,
    );
  };

  /** Strongly consistent. */
  const hasDay = async (location: LocationId, day: Day): Promise<boolean> => {
    const query = { ...partitionEquals('daybook', daybookOf(location, day)), Limit: 1, ConsistentRead: true };
    const { Items = [] } = await client.send(new QueryCommand({ TableName: name('Ledger'), ...query }));
    if (!Items.some(isSettledMarker)) return Items.length > 0;
    return (await allPages((after) => dayBook(location, day, after))).length > 0;
  };

  return {
    record,

    /** For voucher-repeat.ts: a voucher, or a marker of settled claims. */
    findStored: get,

    find: async (location: LocationId, number: VoucherNumber): Promise<Voucher | undefined> => {
      const item = await get(location, number);
      return item === undefined || isSettledMarker(item) ? undefined : toVoucher(item);
    },

    several: async (location: LocationId, numbers: readonly VoucherNumber[]): Promise<Voucher[]> =>
      (
        await batchGet(
          tables,
          'Ledger',
          numbers.map((number) => ledgerKey(location, number)),
          true,
        )
      )
        .filter((item) => !isSettledMarker(item))
        .map(toVoucher),

    /** Issues and their reversals, in order of time. */
    issuesTo: (producer: ProducerId, season: Season, after?: PagePosition): Promise<Page<Voucher>> => {
      const pageKeys = { fixedKeys: { producer }, positionKeys: ['drawnAt', 'daybook', 'entry'], after };
      const query = {
        IndexName: 'byProducer',
        KeyConditionExpression: 'producer = :producer AND begins_with(drawnAt, :season)',
        ExpressionAttributeValues: { ':producer': producer, ':season': `${season}#` },
      };
      return queryPage(tables, 'Ledger', pageKeys, query, toVoucher);
    },

    /**
     * From the time of `order` on, strongly consistent. Reads one more day on either side, because
     * day books follow device clocks.
     */
    vouchersFrom: async (location: StockLocationId, order: VoucherSequence, now: Instant): Promise<Voucher[]> => {
      const found: Voucher[] = [];
      for (const day of daysWithMargin(dayOf(timeOfSequence(order)), dayOf(now)))
        found.push(...(await allPages((after) => dayBook(location, day, after))));
      return found.filter((voucher) => timeOfSequence(sequenceOf(voucher)) >= timeOfSequence(order));
    },

    /** The terminal's counts of these days. Strongly consistent. */
    countsOf: async (location: StockLocationId, terminal: TerminalCode, days: readonly Day[]): Promise<Voucher[]> => {
      const found: Voucher[] = [];
      for (const day of days) {
        const daybook = daybookOf(location, day);
        const query = {
          ...VOUCHERS_ONLY_FILTER,
          KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :counts)',
          ExpressionAttributeValues: { ':daybook': daybook, ':counts': `C#${terminal}#` },
          ConsistentRead: true,
        };
        const pageKeys = { fixedKeys: { daybook }, positionKeys: ['entry'] };
        found.push(
          ...(await allPages((after) => queryPage(tables, 'Ledger', { ...pageKeys, after }, query, toVoucher))),
        );
      }
      return found;
    },

    /** Eventually consistent: for figures over many days. */
    vouchersOfKind: (
      location: StockLocationId,
      day: Day,
      kind: LedgerKind,
      after?: PagePosition,
    ): Promise<Page<Voucher>> => {
      const daybook = daybookOf(location, day);
      const pageKeys = { fixedKeys: { daybook }, positionKeys: ['entry'], after };
      const query = {
        ...VOUCHERS_ONLY_FILTER,
        KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :kind)',
        ExpressionAttributeValues: { ':daybook': daybook, ':kind': `${kind}#` },
      };
      return queryPage(tables, 'Ledger', pageKeys, query, toVoucher);
    },

    /** Strongly consistent. Reads one voucher a day. */
    lastDay: async (location: StockLocationId, last: Day, maxDaysBack: number): Promise<Day | undefined> => {
      for (let day = last; day > addDays(last, -maxDaysBack); day = addDays(day, -1))
        if (await hasDay(location, day)) return day;
      return undefined;
    },

    hasDay,

    /**
     * Exact, or remembered and slightly below. Reads about once in 500 serials, strongly
     * consistent.
     */
    highest: async (location: LocationId, number: VoucherNumber): Promise<VoucherNumber | undefined> => {
      const { daybook, entry } = ledgerKey(location, number);
      const series = `${daybook}#${entry.slice(0, -4)}`;
      const seen = highestSeen.get(series);
      if (seen && Number(partsOf(number).serial) - Number(partsOf(seen).serial) <= MAX_SERIAL_GAP) return seen;
      const query = new QueryCommand({
        TableName: name('Ledger'),
        KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :series)',
        ExpressionAttributeValues: { ':daybook': daybook, ':series': entry.slice(0, -4) },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      });
      const [item] = (await client.send(query)).Items ?? [];
      if (!item) return undefined;
      const highest = parseLedgerKey(item as { daybook: string; entry: string }).number;
      if (highestSeen.size >= MAX_SERIES) highestSeen.clear();
      highestSeen.set(series, highest);
      return highest;
    },

    /** By kind, terminal and serial. */
    dayBook,
  };
};

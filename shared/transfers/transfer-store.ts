import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { toCanonicalJson } from '../kernel/canonical-json.ts';
import type { LocationId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { RETRY, retry } from '../platform/retry.ts';
import { transact } from '../platform/transact.ts';
import { stockEffects } from '../stock/stock-change-store.ts';
import { conflictIfRefused, type TransactionEffect } from '../stock/transaction-effect-store.ts';
import { withInbound } from './inbound.ts';
import {
  hasMismatch,
  isTransferOf,
  type ReceivedLine,
  type SentLine,
  Transfer,
  type TransferDirection,
  type TransferStatus,
  transferStateOf,
  transferStatusOf,
} from './transfer.ts';
import { closeShort } from './transfer-transitions.ts';

const ROW_PART = 'transfer';

/** Lines are lists: of the dispatch item, dispatched, taken back, unit cost; of a receipt item, accepted, rejected. */
const StoredLine = z.tuple([z.string()], z.number());
const StoredTransfer = z.looseObject({
  lines: z.array(StoredLine),
  receipts: z.array(z.looseObject({ lines: z.array(StoredLine) })),
});

const packSentLine = ({ item, dispatched, takenBack, unitCost }: SentLine) => [
  ...[item, dispatched, takenBack],
  ...(unitCost === undefined ? [] : [unitCost]),
];

const packReceivedLine = ({ item, accepted, rejected }: ReceivedLine) => [
  ...[item, accepted],
  ...(rejected === 0 ? [] : [rejected]),
];

export const toTransfer = (row: unknown): Transfer => {
  const { lines, receipts, ...rest } = StoredTransfer.parse(row);
  return Transfer.strip().parse({
    ...rest,
    receipts: receipts.map((receipt) => ({
      ...receipt,
      lines: receipt.lines.map(([item, accepted, rejected = 0]) => ({ item, accepted, rejected })),
    })),
    lines: lines.map(([item, dispatched, takenBack, unitCost]) => ({
      ...{ item, dispatched, takenBack },
      ...(unitCost !== undefined && { unitCost }),
    })),
  });
};

/**
 * Where lists find it. One whose receipts were all taken back before its dispatch came in is in none. The sort key follows from the number alone, and every
 * transfer stays in the list of all: so a page walk loses none that closes, opens again, or gets its dispatch late meanwhile.
 */
const indexKeysOf = (transfer: Transfer) => {
  const { sent, receipts, dispatch } = transfer;
  const [received] = receipts;
  const state = transferStateOf(transfer);
  if (state === 'void') return {};
  const [receiver, sender] = [sent?.to ?? received?.by, sent?.from];
  const isOpen = transferStatusOf(state) === 'open';
  return {
    ...{ receiver, dispatchedOn: `${partsOf(dispatch).day}#${dispatch}` },
    ...(sender && { sender }),
    ...(isOpen && { openTo: receiver, ...(sender && { openFrom: sender }) }),
  };
};

/** As long as no officer was told of a mismatch, the row says so where it was sent. */
const unreportedKeyOf = (transfer: Transfer) => hasMismatch(transfer) && { unsaidAt: transfer.sent?.to };

const packTransfer = ({ lines, receipts }: Transfer) => ({
  lines: lines.map(packSentLine),
  receipts: receipts.map((receipt) => ({ ...receipt, lines: receipt.lines.map(packReceivedLine) })),
});

/** A voucher's share of the row, whole: on the version that it was decided on, or if there is none. */
export const transferPut = (TableName: string, transfer: Transfer) => {
  const before = transfer.version - 1;
  return {
    TableName,
    Item: {
      ...transfer,
      part: ROW_PART,
      ...packTransfer(transfer),
      ...indexKeysOf(transfer),
      ...unreportedKeyOf(transfer),
    },
    ConditionExpression: before === 0 ? 'attribute_not_exists(dispatch)' : 'version = :read',
    ...(before > 0 && { ExpressionAttributeValues: { ':read': before } }),
  };
};

/** The index of each list, and its partition key. */
const INDEX_BY_DIRECTION = {
  incoming: { all: ['byReceiver', 'receiver'], open: ['openTo', 'openTo'] },
  outgoing: { all: ['bySender', 'sender'], open: ['openFrom', 'openFrom'] },
} as const;

/** The transfer as it becomes, if nobody else changed it first. */
export const transferEffect = (TableName: string, transfer: Transfer): TransactionEffect =>
  conflictIfRefused({ Put: transferPut(TableName, transfer) });

export type TransferStore = ReturnType<typeof transferStore>;

/** Transfers, read. They are written by vouchers only. */
export const transferStore = (tables: Tables) => ({
  find: async (dispatch: VoucherNumber): Promise<Transfer | undefined> => {
    const Key = { dispatch, part: ROW_PART };
    const get = new GetCommand({ TableName: tables.name('Transfers'), Key, ConsistentRead: true });
    const { Item } = await tables.client.send(get);
    return Item && toTransfer(Item);
  },

  among: async (dispatches: readonly VoucherNumber[]): Promise<Transfer[]> => {
    const keys = dispatches.map((dispatch) => ({ dispatch, part: ROW_PART }));
    return (await batchGet(tables, 'Transfers', keys, true)).map(toTransfer);
  },

  /**
   * A place's, by the days and numbers of their dispatches: of what is not closed the earliest first, else the latest first. The index may be a moment old,
   * the rows are not.
   */
  of: async (
    way: TransferDirection,
    place: LocationId,
    standing: TransferStatus | 'all',
    after?: PagePosition,
  ): Promise<Page<Transfer>> => {
    const [IndexName, key] = INDEX_BY_DIRECTION[way][standing === 'open' ? 'open' : 'all'];
    const walk = { fixed: { [key]: place }, moving: ['dispatchedOn', 'dispatch', 'part'], after };
    const query = { ...partitionEquals(key, place), IndexName, ScanIndexForward: standing === 'open' };
    const { rows, next } = await queryPage(tables, 'Transfers', walk, query, ({ dispatch, part }) => ({
      dispatch,
      part,
    }));
    const found = (await batchGet(tables, 'Transfers', rows, true)).map(toTransfer);
    const isAsked = (one: Transfer) =>
      standing === 'all' ? transferStateOf(one) !== 'void' : transferStatusOf(transferStateOf(one)) === standing;
    return { rows: found.filter(isAsked), next };
  },

  /** Sent to a location and not received as they were sent, of which it is not said that an officer was told. It may be a moment old. */
  unsaidAt: async (location: StockLocationId, after?: PagePosition): Promise<Page<Transfer>> => {
    const walk = { fixed: { unsaidAt: location, part: ROW_PART }, moving: ['dispatch'], after };
    return queryPage(
      tables,
      'Transfers',
      walk,
      { ...partitionEquals('unsaidAt', location), IndexName: 'unsaid' },
      toTransfer,
    );
  },

  /** Officers were told of it as it is at this version; of a later one they will be by whoever wrote that. Said twice is said. */
  said: ({ dispatch, version }: Transfer): Promise<void> => {
    const update = new UpdateCommand({
      TableName: tables.name('Transfers'),
      Key: { dispatch, part: ROW_PART },
      UpdateExpression: 'REMOVE unsaidAt',
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': version },
    });
    return retry(async () => {
      try {
        await tables.client.send(update);
        return undefined;
      } catch (error) {
        if (error instanceof UnavailableError) return RETRY;
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    });
  },
});

type TransferClosure = { readonly before: Transfer; readonly after: Transfer };

export type CloseTransferShort = ReturnType<typeof closeTransferShort>;

/**
 * Closes a dispatch short for a place that sent it or is to receive it: its row and what is inbound of it, in one transaction. Where nothing is on its
 * way, nothing changes; `undefined`: the place has no such dispatch.
 */
export const closeTransferShort =
  (tables: Tables, transfers: TransferStore) =>
  (
    place: LocationId,
    dispatch: VoucherNumber,
    by: NonNullable<Transfer['closedShort']>,
  ): Promise<TransferClosure | undefined> =>
    retry(async () => {
      const before = await transfers.find(dispatch);
      if (!before?.sent || !isTransferOf(before, place)) return undefined;
      const { to } = before.sent;
      const after = closeShort(before, by);
      if (after === before) return { before, after };
      const actions = [
        ...stockEffects(tables.name('Stock'), to, withInbound([], to, before, after)),
        transferEffect(tables.name('Transfers'), after),
      ].map(({ action }) => action);
      return transact<TransferClosure | typeof RETRY>(tables.client, actions, { before, after }, async () =>
        // Our own write, whose answer was lost, stands in the way of itself.
        toCanonicalJson(await transfers.find(dispatch)) === toCanonicalJson(after) ? { before, after } : RETRY,
      );
    });

import * as z from 'zod';
import type { LocationId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { updateIf } from '../platform/transact.ts';
import { conflictIfRefused, type TransactionEffect } from '../stock/transaction-effect-store.ts';
import {
  hasMismatch,
  type ReceivedLine,
  type SentLine,
  Transfer,
  type TransferDirection,
  type TransferStatus,
  transferStateOf,
  transferStatusOf,
} from './transfer.ts';

const ROW_PART = 'transfer';

/** Tuples: sent (item, dispatched, taken back, unit cost), received (item, accepted, rejected). */
const StoredLine = z.tuple([z.string()], z.number());
const StoredTransfer = z.looseObject({
  lines: z.array(StoredLine),
  receipts: z.array(z.looseObject({ lines: z.array(StoredLine) })),
});

const packSentLine = ({ item, dispatched, takenBack, unitCost }: SentLine) => [
  item,
  dispatched,
  takenBack,
  ...(unitCost === undefined ? [] : [unitCost]),
];

const packReceivedLine = ({ item, accepted, rejected }: ReceivedLine) => [
  item,
  accepted,
  ...(rejected === 0 ? [] : [rejected]),
];

const toTransfer = (row: unknown): Transfer => {
  const { lines, receipts, ...rest } = StoredTransfer.parse(row);
  return Transfer.strip().parse({
    ...rest,
    receipts: receipts.map((receipt) => ({
      ...receipt,
      lines: receipt.lines.map(([item, accepted, rejected = 0]) => ({ item, accepted, rejected })),
    })),
    lines: lines.map(([item, dispatched, takenBack, unitCost]) => ({
      item,
      dispatched,
      takenBack,
      ...(unitCost !== undefined && { unitCost }),
    })),
  });
};

/**
 * A void transfer has none. Sort keys never change, and closed transfers stay in the list of all,
 * so a page pageKeys loses none.
 */
const indexKeysOf = (transfer: Transfer) => {
  const { sent, receipts, dispatch } = transfer;
  const [firstReceipt] = receipts;
  const state = transferStateOf(transfer);
  if (state === 'void') return {};
  const receiver = sent?.to ?? firstReceipt?.by;
  const sender = sent?.from;
  const isOpen = transferStatusOf(state) === 'open';
  return {
    receiver,
    dispatchedOn: `${partsOf(dispatch).day}#${dispatch}`,
    ...(sender && { sender }),
    ...(isOpen && { openTo: receiver, ...(sender && { openFrom: sender }) }),
  };
};

/** Marks a mismatch until its alert is recorded. */
const unreportedKeyOf = (transfer: Transfer) => hasMismatch(transfer) && { unsaidAt: transfer.sent?.to };

const packTransfer = ({ lines, receipts }: Transfer) => ({
  lines: lines.map(packSentLine),
  receipts: receipts.map((receipt) => ({ ...receipt, lines: receipt.lines.map(packReceivedLine) })),
});

/** Fails if the version changed since the decision. */
const transferPut = (TableName: string, transfer: Transfer) => {
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

const INDEX_BY_DIRECTION = {
  incoming: { all: ['byReceiver', 'receiver'], open: ['openTo', 'openTo'] },
  outgoing: { all: ['bySender', 'sender'], open: ['openFrom', 'openFrom'] },
} as const;

export const transferEffect = (TableName: string, transfer: Transfer): TransactionEffect =>
  conflictIfRefused({ Put: transferPut(TableName, transfer) });

export type TransferStore = ReturnType<typeof transferStore>;

/** Vouchers and `closeTransferShort` write transfers. */
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
   * By day and number of dispatch: open ones earliest first, others latest first. The index may
   * lag; the rows are strongly consistent.
   */
  of: async (
    direction: TransferDirection,
    location: LocationId,
    status: TransferStatus | 'all',
    after?: PagePosition,
  ): Promise<Page<Transfer>> => {
    const [IndexName, key] = INDEX_BY_DIRECTION[direction][status === 'open' ? 'open' : 'all'];
    const pageKeys = { fixedKeys: { [key]: location }, positionKeys: ['dispatchedOn', 'dispatch', 'part'], after };
    const query = { ...partitionEquals(key, location), IndexName, ScanIndexForward: status === 'open' };
    const { rows, next } = await queryPage(tables, 'Transfers', pageKeys, query, ({ dispatch, part }) => ({
      dispatch,
      part,
    }));
    const found = (await batchGet(tables, 'Transfers', rows, true)).map(toTransfer);
    const matchesStatus = (one: Transfer) =>
      status === 'all' ? transferStateOf(one) !== 'void' : transferStatusOf(transferStateOf(one)) === status;
    return { rows: found.filter(matchesStatus), next };
  },

  /** Mismatches without a recorded alert. Eventually consistent. */
  unsaidAt: async (location: StockLocationId, after?: PagePosition): Promise<Page<Transfer>> => {
    const pageKeys = { fixedKeys: { unsaidAt: location, part: ROW_PART }, positionKeys: ['dispatch'], after };
    return queryPage(
      tables,
      'Transfers',
      pageKeys,
      { ...partitionEquals('unsaidAt', location), IndexName: 'unsaid' },
      toTransfer,
    );
  },

  /** Records the alert of this version; a later version is its writer's task. */
  said: async ({ dispatch, version }: Transfer): Promise<void> => {
    const update = {
      TableName: tables.name('Transfers'),
      Key: { dispatch, part: ROW_PART },
      UpdateExpression: 'REMOVE unsaidAt',
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': version },
    };
    await updateIf(tables, update);
  },
});

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LocationId, Place } from '../kernel/ids.ts';
import type { Page, Position } from '../kernel/pages.ts';
import { Busy } from '../kernel/unavailable-error.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { AGAIN, untilAnswered } from '../platform/retry.ts';
import { type Effect, orConflict } from '../stock/effects-store.ts';
import {
  isMismatch,
  type ReceivedLine,
  type SentLine,
  type Standing,
  standingOf,
  stateOf,
  Transfer,
  type Way,
} from './transfer.ts';

const PART = 'transfer';

/** Lines are lists: of the dispatch item, dispatched, taken back, unit cost; of a receipt item, accepted, rejected. */
const Line = z.tuple([z.string()], z.number());
const Stored = z.looseObject({
  lines: z.array(Line),
  receipts: z.array(z.looseObject({ lines: z.array(Line) })),
});

const pack = ({ item, dispatched, takenBack, unitCost }: SentLine) => [
  ...[item, dispatched, takenBack],
  ...(unitCost === undefined ? [] : [unitCost]),
];
const packReceived = ({ item, accepted, rejected }: ReceivedLine) => [
  ...[item, accepted],
  ...(rejected === 0 ? [] : [rejected]),
];

export const toTransfer = (row: unknown): Transfer => {
  const { lines, receipts, ...rest } = Stored.parse(row);
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
const placeOf = (transfer: Transfer) => {
  const { sent, receipts, dispatch } = transfer;
  const [received] = receipts;
  const state = stateOf(transfer);
  if (state === 'void') return {};
  const [receiver, sender] = [sent?.to ?? received?.by, sent?.from];
  const isOpen = standingOf(state) === 'open';
  return {
    ...{ receiver, dispatchedOn: `${partsOf(dispatch).day}#${dispatch}` },
    ...(sender && { sender }),
    ...(isOpen && { openTo: receiver, ...(sender && { openFrom: sender }) }),
  };
};

/** As long as no officer was told of a mismatch, the row says so where it was sent. */
const unsaidOf = (transfer: Transfer) => isMismatch(transfer) && { unsaidAt: transfer.sent?.to };

const packed = ({ lines, receipts }: Transfer) => ({
  lines: lines.map(pack),
  receipts: receipts.map((receipt) => ({ ...receipt, lines: receipt.lines.map(packReceived) })),
});

/** A voucher's share of the row, whole: on the version that it was decided on, or if there is none. */
export const transferChange = (TableName: string, transfer: Transfer) => {
  const before = transfer.version - 1;
  return {
    TableName,
    Item: { ...transfer, part: PART, ...packed(transfer), ...placeOf(transfer), ...unsaidOf(transfer) },
    ConditionExpression: before === 0 ? 'attribute_not_exists(dispatch)' : 'version = :read',
    ...(before > 0 && { ExpressionAttributeValues: { ':read': before } }),
  };
};

/** The index of each list, and its partition key. */
const INDEX_OF = {
  incoming: { all: ['byReceiver', 'receiver'], open: ['openTo', 'openTo'] },
  outgoing: { all: ['bySender', 'sender'], open: ['openFrom', 'openFrom'] },
} as const;

/** The transfer as it becomes, if nobody else changed it first. */
export const transferEffect = (TableName: string, transfer: Transfer): Effect =>
  orConflict({ Put: transferChange(TableName, transfer) });

export type TransferStore = ReturnType<typeof transferStore>;

/** Transfers, read. They are written by vouchers only. */
export const transferStore = (tables: Tables) => ({
  find: async (dispatch: VoucherNumber): Promise<Transfer | undefined> => {
    const Key = { dispatch, part: PART };
    const get = new GetCommand({ TableName: tables.name('Transfers'), Key, ConsistentRead: true });
    const { Item } = await tables.client.send(get);
    return Item && toTransfer(Item);
  },

  among: async (dispatches: readonly VoucherNumber[]): Promise<Transfer[]> => {
    const keys = dispatches.map((dispatch) => ({ dispatch, part: PART }));
    return (await batchGet(tables, 'Transfers', keys, true)).map(toTransfer);
  },

  /**
   * A place's, by the days and numbers of their dispatches: of what is not closed the earliest first, else the latest first. The index may be a moment old,
   * the rows are not.
   */
  of: async (way: Way, place: Place, standing: Standing | 'all', after?: Position): Promise<Page<Transfer>> => {
    const [IndexName, key] = INDEX_OF[way][standing === 'open' ? 'open' : 'all'];
    const walk = { fixed: { [key]: place }, moving: ['dispatchedOn', 'dispatch', 'part'], after };
    const query = { ...within(key, place), IndexName, ScanIndexForward: standing === 'open' };
    const { rows, next } = await queryPage(tables, 'Transfers', walk, query, ({ dispatch, part }) => ({
      dispatch,
      part,
    }));
    const found = (await batchGet(tables, 'Transfers', rows, true)).map(toTransfer);
    const isAsked = (one: Transfer) =>
      standing === 'all' ? stateOf(one) !== 'void' : standingOf(stateOf(one)) === standing;
    return { rows: found.filter(isAsked), next };
  },

  /** Sent to a location and not received as they were sent, of which it is not said that an officer was told. It may be a moment old. */
  unsaidAt: async (location: LocationId, after?: Position): Promise<Page<Transfer>> => {
    const walk = { fixed: { unsaidAt: location, part: PART }, moving: ['dispatch'], after };
    return queryPage(tables, 'Transfers', walk, { ...within('unsaidAt', location), IndexName: 'unsaid' }, toTransfer);
  },

  /** Officers were told of it as it is at this version; of a later one they will be by whoever wrote that. Said twice is said. */
  said: ({ dispatch, version }: Transfer): Promise<void> => {
    const update = new UpdateCommand({
      TableName: tables.name('Transfers'),
      Key: { dispatch, part: PART },
      UpdateExpression: 'REMOVE unsaidAt',
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': version },
    });
    return untilAnswered(async () => {
      try {
        await tables.client.send(update);
        return undefined;
      } catch (error) {
        if (error instanceof Busy) return AGAIN;
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    });
  },
});

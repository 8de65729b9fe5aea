import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Place, TerminalCode } from '../kernel/ids.ts';
import type { Page, Position } from '../kernel/pages.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { isPassing, isRefused, itemIn, reasonsOf } from '../platform/dynamodb-errors.ts';
import { putIf } from '../platform/put-if.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { AGAIN, untilAnswered } from '../platform/retry.ts';
import { transact } from '../platform/transact.ts';
import { Held, HeldId } from './held.ts';
import { reopeningsOfHeld } from './reopened-day-store.ts';
import { settledMarker } from './settled-marker.ts';
import type { Claim } from './voucher.ts';
import { hashOf } from './voucher-item.ts';

const ALL_OLD = 'ALL_OLD' as const;

/** Beside a location's day books, so that no book ever shows what is held. */
const bookOf = (location: Place): string => `${location}#held`;
const keyOf = (location: Place, held: HeldId) => ({ daybook: bookOf(location), entry: held });

/** The same said again is the same held voucher. */
export const heldId = (number: VoucherNumber, claim: Claim): HeldId =>
  HeldId.parse(`${number}-${Buffer.from(hashOf(claim)).toString('hex').slice(0, 12)}`);

const itemOf = (held: Held) => ({
  ...keyOf(held.location, held.held),
  ...held,
  ...(held.state === 'held' && { stillHeldAt: held.location }),
});

/** Settled on the version that was seen. */
export const settlementOf = (TableName: string, held: Held) => ({
  TableName,
  Item: itemOf(held),
  ConditionExpression: 'version = :before',
  ExpressionAttributeValues: { ':before': held.version - 1 },
});

export type HeldStore = ReturnType<typeof heldStore>;

export const heldStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    /**
     * Kept once, whoever sends it again; says what is kept. What its terminal is asked for falls by its number: the day of that, if it has ended, is
     * closed again. A number of months ago, or of a clock that is a year off, is asked for by nobody.
     */
    hold: (held: Held): Promise<Held> => {
      const put = {
        TableName: name('Ledger'),
        Item: itemOf(held),
        ConditionExpression: 'attribute_not_exists(daybook)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      const reopened = reopeningsOfHeld(name('Ledger'), held);
      const both = new TransactWriteCommand({ TransactItems: [{ Put: put }, ...reopened] });
      return untilAnswered(async () => {
        try {
          await (reopened.length > 0 ? client.send(both) : client.send(new PutCommand(put)));
          return held;
        } catch (error) {
          const reasons = reasonsOf(error) ?? [];
          if (reasons.some(isPassing)) return AGAIN;
          const there = itemIn(error instanceof ConditionalCheckFailedException ? error : reasons[0]);
          return there ? toHeld(there) : Promise.reject(error);
        }
      });
    },

    find: async (location: Place, held: HeldId): Promise<Held | undefined> => {
      const get = new GetCommand({ TableName: name('Ledger'), Key: keyOf(location, held), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && toHeld(Item);
    },

    /** Beside the voucher that the book has under its number; `false`: someone else settled it first. */
    settle: (held: Held): Promise<boolean> => putIf(tables, settlementOf(name('Ledger'), held)),

    /**
     * Without a voucher, so that none is recorded later: in one transaction with a marker under the voucher's own
     * key. `changed`: someone else settled it first; `in book`: the book has a voucher under its number by now.
     */
    settleUnrecorded: (held: Held): Promise<'settled' | 'changed' | 'in book'> => {
      const writtenBy = randomBytes(9).toString('base64url');
      const { Item, ...settlement } = settlementOf(name('Ledger'), held);
      const put = { ...settlement, Item: { ...Item, writtenBy }, ReturnValuesOnConditionCheckFailure: ALL_OLD };
      const actions = [{ Put: put }, { Update: settledMarker(name('Ledger'), held) }];
      return transact<'settled' | 'changed' | 'in book'>(client, actions, 'settled', ([first, second]) => {
        // Our own answer was lost: what we wrote stands in our way.
        if (isRefused(first)) return itemIn(first)?.writtenBy === writtenBy ? 'settled' : 'changed';
        return isRefused(second) ? 'in book' : undefined;
      });
    },

    /** What is held at a location, by number: however much of it was settled, that costs nothing here. It may be a moment old. */
    stillAt: (location: Place, after?: Position): Promise<Page<Held>> => {
      const walk = { fixed: { stillHeldAt: location, daybook: bookOf(location) }, moving: ['entry'], after };
      const query = { ...within('stillHeldAt', location), IndexName: 'stillHeld' };
      return queryPage(tables, 'Ledger', walk, query, toHeld);
    },

    /** What is or was held at a location, by number. */
    ofLocation: (location: Place, after?: Position): Promise<Page<Held>> => {
      const daybook = bookOf(location);
      const query = { ...within('daybook', daybook), ConsistentRead: true };
      return queryPage(tables, 'Ledger', { fixed: { daybook }, moving: ['entry'], after }, query, toHeld);
    },

    /** The same of one terminal: numbers begin with it. */
    ofTerminal: (location: Place, terminal: TerminalCode, after?: Position): Promise<Page<Held>> => {
      const daybook = bookOf(location);
      const query = {
        ConsistentRead: true,
        KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :terminal)',
        ExpressionAttributeValues: { ':daybook': daybook, ':terminal': terminal },
      };
      return queryPage(tables, 'Ledger', { fixed: { daybook }, moving: ['entry'], after }, query, toHeld);
    },
  };
};

const toHeld = (item: Record<string, unknown>): Held => Held.strip().parse(item);

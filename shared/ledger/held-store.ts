import { randomBytes } from 'node:crypto';
import type { LocationId, TerminalCode } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand, TransactWriteCommand } from '../platform/dynamodb-commands.ts';
import {
  cancellationReasonsOf,
  conflictingItemOf,
  isConditionalCheckFailed,
  isConditionFailed,
  isTransient,
} from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { RETRY, retry } from '../platform/retry.ts';
import { putIf, transact } from '../platform/transact.ts';
import { type HeldId, HeldVoucher } from './held.ts';
import { reopenActionsOfHeld } from './reopened-day-store.ts';
import { settledMarkerUpdate } from './settled-marker.ts';

const ALL_OLD = 'ALL_OLD' as const;

/** A separate partition keeps held vouchers out of day books. */
const heldDaybook = (location: LocationId): string => `${location}#held`;
const heldKey = (location: LocationId, held: HeldId) => ({ daybook: heldDaybook(location), entry: held });

const toHeldItem = (held: HeldVoucher) => ({
  ...heldKey(held.location, held.held),
  ...held,
  ...(held.state === 'held' && { stillHeldAt: held.location }),
});

export const settlementPut = (TableName: string, held: HeldVoucher) => ({
  TableName,
  Item: toHeldItem(held),
  ConditionExpression: 'version = :before',
  ExpressionAttributeValues: { ':before': held.version - 1 },
});

export type HeldStore = ReturnType<typeof heldStore>;

export const heldStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    /**
     * Idempotent. Returns the stored voucher. Closes a recent ended day again, because the number
     * is no longer missing.
     */
    hold: (held: HeldVoucher): Promise<HeldVoucher> => {
      const put = {
        TableName: name('Ledger'),
        Item: toHeldItem(held),
        ConditionExpression: 'attribute_not_exists(daybook)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      const reopened = reopenActionsOfHeld(name('Ledger'), held);
      const both = new TransactWriteCommand({ TransactItems: [{ Put: put }, ...reopened] });
      return retry(async () => {
        try {
          await (reopened.length > 0 ? client.send(both) : client.send(new PutCommand(put)));
          return held;
        } catch (error) {
          const reasons = cancellationReasonsOf(error) ?? [];
          if (reasons.some(isTransient)) return RETRY;
          const there = conflictingItemOf(isConditionalCheckFailed(error) ? error : reasons[0]);
          return there ? toHeld(there) : Promise.reject(error);
        }
      });
    },

    find: async (location: LocationId, held: HeldId): Promise<HeldVoucher | undefined> => {
      const get = new GetCommand({ TableName: name('Ledger'), Key: heldKey(location, held), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && toHeld(Item);
    },

    /** `false` if someone settled it first. */
    settle: (held: HeldVoucher): Promise<boolean> => putIf(tables, settlementPut(name('Ledger'), held)),

    /**
     * A marker under the voucher's key prevents later recording. `changed`: someone settled it
     * first. `in book`: the number was recorded meanwhile.
     */
    settleUnrecorded: (held: HeldVoucher): Promise<'settled' | 'changed' | 'in book'> => {
      const writtenBy = randomBytes(9).toString('base64url');
      const { Item, ...settlement } = settlementPut(name('Ledger'), held);
      const put = { ...settlement, Item: { ...Item, writtenBy }, ReturnValuesOnConditionCheckFailure: ALL_OLD };
      const actions = [{ Put: put }, { Update: settledMarkerUpdate(name('Ledger'), held) }];
      return transact<'settled' | 'changed' | 'in book'>(client, actions, 'settled', ([first, second]) => {
        // Our own first attempt, if its answer was lost.
        if (isConditionFailed(first)) return conflictingItemOf(first)?.writtenBy === writtenBy ? 'settled' : 'changed';
        return isConditionFailed(second) ? 'in book' : undefined;
      });
    },

    /** Excludes settled vouchers. Eventually consistent. */
    stillAt: (location: LocationId, after?: PagePosition): Promise<Page<HeldVoucher>> => {
      const pageKeys = {
        fixedKeys: { stillHeldAt: location, daybook: heldDaybook(location) },
        positionKeys: ['entry'],
        after,
      };
      const query = { ...partitionEquals('stillHeldAt', location), IndexName: 'stillHeld' };
      return queryPage(tables, 'Ledger', pageKeys, query, toHeld);
    },

    /** Held and settled, by number. */
    ofLocation: (location: LocationId, after?: PagePosition): Promise<Page<HeldVoucher>> => {
      const daybook = heldDaybook(location);
      const query = { ...partitionEquals('daybook', daybook), ConsistentRead: true };
      return queryPage(tables, 'Ledger', { fixedKeys: { daybook }, positionKeys: ['entry'], after }, query, toHeld);
    },

    /** A terminal's numbers begin with its code. */
    ofTerminal: (location: LocationId, terminal: TerminalCode, after?: PagePosition): Promise<Page<HeldVoucher>> => {
      const daybook = heldDaybook(location);
      const query = {
        ConsistentRead: true,
        KeyConditionExpression: 'daybook = :daybook AND begins_with(entry, :terminal)',
        ExpressionAttributeValues: { ':daybook': daybook, ':terminal': terminal },
      };
      return queryPage(tables, 'Ledger', { fixedKeys: { daybook }, positionKeys: ['entry'], after }, query, toHeld);
    },
  };
};

const toHeld = (item: Record<string, unknown>): HeldVoucher => HeldVoucher.strip().parse(item);

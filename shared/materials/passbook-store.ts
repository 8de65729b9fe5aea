import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { allPages, type Page, type PagePosition } from '../kernel/pages.ts';
import type { EntitlementShortage } from '../kernel/problems.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand } from '../platform/dynamodb-commands.ts';
import {
  type CancellationReason,
  conflictingItemOf,
  isConditionalCheckFailed,
  isConditionFailed,
} from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { type TransactActions, transact } from '../platform/transact.ts';
import {
  type AccountChange,
  decreaseOfLeft,
  EntitlementAccount,
  EntitlementGrant,
  type Season,
} from './entitlement-account.ts';
import type { MaterialRequest } from './material-request.ts';

export type PassbookEntry = { readonly account: EntitlementAccount } | { readonly grant: EntitlementGrant };

type AccountKey = { readonly producer: ProducerId; readonly season: Season; readonly item: ItemId };

export type PassbookStore = ReturnType<typeof passbookStore>;

export const passbookStore = (tables: Tables) => {
  const { client, name } = tables;
  const keyOf = ({ producer, season, item }: AccountKey) => ({ producer, account: accountKey(season, item) });

  /** An open account stays as it is. */
  const open = async (key: AccountKey, entitled: number): Promise<void> => {
    const Item = { ...keyOf(key), entitled, reserved: 0, drawn: 0, left: entitled, version: 1 };
    try {
      await client.send(
        new PutCommand({ TableName: name('Passbook'), Item, ConditionExpression: 'attribute_not_exists(account)' }),
      );
    } catch (error) {
      if (!isConditionalCheckFailed(error)) throw error;
    }
  };

  return {
    open,

    /** Each once. */
    accounts: async (accountKeys: readonly AccountKey[]): Promise<EntitlementAccount[]> => {
      const keys = new Map(accountKeys.map((key) => [JSON.stringify(keyOf(key)), keyOf(key)]));
      return (await batchGet(tables, 'Passbook', [...keys.values()], true)).map(toAccount);
    },

    /** Once per id, to an open account. The same id with other content is a conflict. */
    grant: (grant: EntitlementGrant): Promise<{ did: 'granted' | 'repeated'; grant: EntitlementGrant } | Refusal> => {
      const key = { producer: grant.producer, season: grant.season, item: grant.item };
      const account = keyOf(key);
      const recordedBy = randomBytes(9).toString('base64url');
      const actions: TransactActions = [
        {
          Put: {
            TableName: name('Passbook'),
            Item: { ...grant, recordedBy, account: `${account.account}#${grant.grant}` },
            ConditionExpression: 'attribute_not_exists(account)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        {
          Update: {
            TableName: name('Passbook'),
            Key: account,
            UpdateExpression: 'ADD entitled :granted, #left :granted, version :one',
            ConditionExpression: 'attribute_exists(account)',
            ExpressionAttributeNames: { '#left': 'left' },
            ExpressionAttributeValues: { ':granted': grant.quantity, ':one': 1 },
          },
        },
      ];
      return transact<{ readonly did: 'granted' | 'repeated'; readonly grant: EntitlementGrant } | Refusal>(
        client,
        actions,
        { did: 'granted', grant },
        ([first]) => {
          if (!isConditionFailed(first)) return undefined;
          const item = conflictingItemOf(first);
          // This grant itself: its answer was lost.
          if (item?.recordedBy === recordedBy) return { did: 'granted', grant };
          const stored = EntitlementGrant.strip().parse(item);
          if (stored.quantity === grant.quantity && stored.why === grant.why) return { did: 'repeated', grant: stored };
          return refuse('VOUCHER_CONFLICT', `Grant ${grant.grant} is recorded with another quantity or reason.`);
        },
      );
    },

    /** Strongly consistent. */
    everyAccount: async (producer: ProducerId): Promise<EntitlementAccount[]> => {
      const query = { ...partitionEquals('producer', producer), ConsistentRead: true };
      const rows = await allPages((after) =>
        queryPage(
          tables,
          'Passbook',
          { fixedKeys: { producer }, positionKeys: ['account'], after },
          query,
          (row) => row,
        ),
      );
      return rows.filter((row) => !('grant' in row || isRequestedDepot(AccountRow.parse(row)))).map(toAccount);
    },

    /** Each account, followed by its grants. */
    season: (producer: ProducerId, season: Season, after?: PagePosition): Promise<Page<PassbookEntry>> => {
      const pageKeys = { fixedKeys: { producer }, positionKeys: ['account'], after };
      const query = {
        ConsistentRead: true,
        KeyConditionExpression: 'producer = :producer AND begins_with(account, :season)',
        ExpressionAttributeValues: { ':producer': producer, ':season': `${season}#` },
      };
      return queryPage(
        tables,
        'Passbook',
        pageKeys,
        query,
        (row): PassbookEntry =>
          'grant' in row ? { grant: EntitlementGrant.strip().parse(row) } : { account: toAccount(row) },
      );
    },
  };
};

const AccountRow = z.looseObject({ account: z.string() });

const toAccount = (row: unknown): EntitlementAccount => {
  const { account, ...rest } = AccountRow.parse(row);
  const [season, item] = account.split('#');
  return EntitlementAccount.strip().parse({ ...rest, season, item });
};

const accountKey = (season: string, item: string): string => `${season}#${item}`;

/** `left` must cover the new reservation. */
export const accountUpdate = (TableName: string, { producer, season }: MaterialRequest, change: AccountChange) => {
  const decrease = decreaseOfLeft(change);
  return {
    TableName,
    Key: { producer, account: accountKey(season, change.item) },
    UpdateExpression: 'ADD reserved :reserved, drawn :drawn, #left :less, version :one',
    ConditionExpression: '#left >= :taken',
    // LEFT is one of DynamoDB's reserved words.
    ExpressionAttributeNames: { '#left': 'left' },
    ExpressionAttributeValues: {
      ':reserved': change.reserved,
      ':drawn': change.drawn,
      ':less': -decrease,
      ':taken': decrease,
      ':one': 1,
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
};

export const overdraftOf = (reason: CancellationReason | undefined, change: AccountChange): EntitlementShortage => ({
  item: change.item,
  wanted: decreaseOfLeft(change),
  left: Number(conflictingItemOf(reason)?.left ?? 0),
});

/** Stored beside accounts, whose keys begin with their season. */
const DEPOT_PREFIX = 'depot#';

const isRequestedDepot = ({ account }: { readonly account: string }): boolean => account.startsWith(DEPOT_PREFIX);

export type RequestedDepotStore = ReturnType<typeof requestedDepotStore>;

/** Depots outside the district that the producer's or group's phone sent a request. */
export const requestedDepotStore = ({ client, name }: Tables) => {
  const keyOf = (producer: ProducerId, depot: StockLocationId) => ({ producer, account: `${DEPOT_PREFIX}${depot}` });
  return {
    add: async (producer: ProducerId, depot: StockLocationId): Promise<void> => {
      await client.send(new PutCommand({ TableName: name('Passbook'), Item: keyOf(producer, depot) }));
    },

    has: async (producer: ProducerId, depot: StockLocationId): Promise<boolean> => {
      const get = { TableName: name('Passbook'), Key: keyOf(producer, depot), ConsistentRead: true };
      return (await client.send(new GetCommand(get))).Item !== undefined;
    },
  };
};

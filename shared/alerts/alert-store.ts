import type { AreaId, ItemId, LocationId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, QueryCommand } from '../platform/dynamodb-commands.ts';
import { decodeItem } from '../platform/dynamodb-values.ts';
import { partitionEquals, queryReadablePage } from '../platform/query-page.ts';
import { putIf } from '../platform/transact.ts';
import type { Audience } from '../registry/staff.ts';
import { Alert, alertKeyOf, ExceptionAlert, type ExceptionAlertKey, isStockAlert } from './alert.ts';
import type { AlertKey } from './alert-source.ts';
import { type AlertState, isUnresolved } from './alert-state.ts';
import { StockAlert } from './sources/stock.ts';

const FIRST_EXCEPTION_ALERT = 'a';

export type AlertStore = ReturnType<typeof alertStore>;

export const alertStore = (tables: Tables) => {
  const { client, name } = tables;

  const find = async (location: Audience, alert: AlertKey): Promise<Alert | undefined> => {
    const Key = { location, alert };
    const { Item } = await client.send(new GetCommand({ TableName: name('Alerts'), Key, ConsistentRead: true }));
    return Item && toAlert(Item);
  };

  return {
    /** Strongly consistent. */
    find,

    findException: async (key: ExceptionAlertKey): Promise<ExceptionAlert | undefined> => {
      const alert = await find(key.location, alertKeyOf(key));
      return alert && ExceptionAlert.parse(alert);
    },

    /** Strongly consistent. A range, because the embedded engine ignores case in `begins_with`. */
    ofItem: async (location: StockLocationId, item: ItemId): Promise<ReadonlyMap<StockAlert['type'], StockAlert>> => {
      const query = new QueryCommand({
        TableName: name('Alerts'),
        ConsistentRead: true,
        KeyConditionExpression: '#location = :location AND alert BETWEEN :first AND :last',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':first': `${item}:`, ':last': `${item}:~` },
      });
      const { Items = [] } = await client.send(query);
      return new Map(Items.map(toStockAlert).map((alert) => [alert.type, alert]));
    },

    /** From a stream record. */
    inImage: (image: object | undefined): Alert | undefined => image && toAlert(decodeItem(image)),

    /** Writes if the stored version is the one before. `false`: another writer came first. */
    save: (alert: Alert): Promise<boolean> =>
      putIf(tables, { TableName: name('Alerts'), Item: toAlertItem(alert), ...versionCondition(alert) }),

    ofLocation: (location: LocationId, after?: PagePosition): Promise<Page<StockAlert>> => {
      const pageKeys = { fixedKeys: { location }, positionKeys: ['alert'], after };
      const query = {
        KeyConditionExpression: '#location = :location AND alert < :exception',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':exception': FIRST_EXCEPTION_ALERT },
      };
      return queryReadablePage(tables, 'Alerts', pageKeys, query, toStockAlert);
    },

    /** Includes resolved alerts. */
    exceptionsOfLocation: (location: LocationId, after?: PagePosition): Promise<Page<ExceptionAlert>> => {
      const pageKeys = { fixedKeys: { location }, positionKeys: ['alert'], after };
      const query = {
        KeyConditionExpression: '#location = :location AND alert >= :exception',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':exception': FIRST_EXCEPTION_ALERT },
      };
      return queryReadablePage(tables, 'Alerts', pageKeys, query, toExceptionAlert);
    },

    /** Eventually consistent. */
    unresolvedExceptions: (location: Audience, after?: PagePosition): Promise<Page<ExceptionAlert>> => {
      const pageKeys = { fixedKeys: { openAt: location, location }, positionKeys: ['alert'], after };
      const query = { ...partitionEquals('openAt', location), IndexName: 'openAt' };
      return queryReadablePage(tables, 'Alerts', pageKeys, query, toExceptionAlert);
    },

    /** Oldest first. */
    ofDistrict: (district: AreaId, state: AlertState, after?: PagePosition): Promise<Page<Alert>> => {
      const pageKeys = { fixedKeys: { district }, positionKeys: ['stateSince', 'location', 'alert'], after };
      const query = {
        IndexName: 'byArea',
        KeyConditionExpression: 'district = :district AND begins_with(stateSince, :state)',
        ExpressionAttributeValues: { ':district': district, ':state': `${state}#` },
      };
      return queryReadablePage(tables, 'Alerts', pageKeys, query, toAlert);
    },

    /** Alerts with an ended snooze that are still stored as snoozed. Reads all snoozed alerts. */
    wokenOf: (district: AreaId, now: Instant, after?: PagePosition): Promise<Page<Alert>> => {
      const pageKeys = { fixedKeys: { district }, positionKeys: ['stateSince', 'location', 'alert'], after };
      const query = {
        IndexName: 'byArea',
        KeyConditionExpression: 'district = :district AND begins_with(stateSince, :snoozed)',
        FilterExpression: 'snoozed.#until <= :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':district': district, ':snoozed': 'snoozed#', ':now': now },
      };
      return queryReadablePage(tables, 'Alerts', pageKeys, query, toAlert);
    },
  };
};

/** State, then a time that is constant in that state, so that a page pageKeys loses no alert. */
const stateSinceOf = ({ state, openedAt, acknowledged, resolvedAt }: Alert): string => {
  const since = {
    open: openedAt,
    snoozed: openedAt,
    acknowledged: acknowledged?.at,
    resolved: resolvedAt,
  }[state];
  return `${state}#${since ?? openedAt}`;
};

/** The index `openAt` holds only unresolved exception alerts. */
const toAlertItem = (alert: Alert) => ({
  ...alert,
  alert: alertKeyOf(alert),
  stateSince: stateSinceOf(alert),
  ...(!isStockAlert(alert) && isUnresolved(alert) && { openAt: alert.location }),
});

const toAlert = (item: Record<string, unknown>): Alert => {
  const { alert: _key, stateSince: _since, openAt: _open, writtenBy: _mark, ...alert } = item;
  return Alert.parse(alert);
};

const toStockAlert = (item: Record<string, unknown>): StockAlert => StockAlert.parse(toAlert(item));
const toExceptionAlert = (item: Record<string, unknown>): ExceptionAlert => ExceptionAlert.parse(toAlert(item));

const NOT_STORED = 'attribute_not_exists(alert)';

const SAME_VERSION = '#version = :decided';

/** Alerts without `version` count as version 1. */
const WITHOUT_VERSION = '(attribute_exists(#state) AND attribute_not_exists(#version))';

const versionCondition = ({ version }: Alert) =>
  version === 1
    ? { ConditionExpression: NOT_STORED }
    : {
        ConditionExpression: version === 2 ? `${SAME_VERSION} OR ${WITHOUT_VERSION}` : SAME_VERSION,
        ExpressionAttributeNames: { '#version': 'version', ...(version === 2 && { '#state': 'state' }) },
        ExpressionAttributeValues: { ':decided': version - 1 },
      };

import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DistrictId, ItemId, LocationId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Instant } from '../kernel/time.ts';
import { fromImage, type Tables } from '../platform/dynamodb-client.ts';
import { putIf } from '../platform/put-if.ts';
import { queryReadablePage } from '../platform/query-page.ts';
import type { Alert } from './alert.ts';
import { FIRST_EXCEPTION_ALERT, toAlert, toAlertItem } from './alert-item.ts';
import type { AlertKey } from './alert-key.ts';
import type { AlertState } from './alert-state.ts';
import type { StockAlertType } from './alert-type.ts';
import { StockAlert } from './stock-alert.ts';

export type AlertStore = ReturnType<typeof alertStore>;

/** Alerts of stock, and a district's of all kinds. */
export const alertStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    /** Those of one item there, strongly consistent, in one call. A range and no prefix: the embedded engine takes `held:` for the prefix `HELD:`. */
    ofItem: async (location: StockLocationId, item: ItemId): Promise<ReadonlyMap<StockAlertType, StockAlert>> => {
      const ask = new QueryCommand({
        TableName: name('Alerts'),
        ConsistentRead: true,
        KeyConditionExpression: '#location = :location AND alert BETWEEN :first AND :last',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':first': `${item}:`, ':last': `${item}:~` },
      });
      const { Items = [] } = await client.send(ask);
      return new Map(Items.map(toStockAlert).map((alert) => [alert.type, alert]));
    },

    /** As a stream shows it. */
    inImage: (image: object | undefined): Alert | undefined => image && toAlert(fromImage(image)),

    find: async (location: LocationId, alert: AlertKey): Promise<Alert | undefined> => {
      const Key = { location, alert };
      const { Item } = await client.send(new GetCommand({ TableName: name('Alerts'), Key, ConsistentRead: true }));
      return Item && toAlert(Item);
    },

    save: (alert: Alert): Promise<boolean> => saveAlert(tables, alert),

    /** Those of a location's stock, in the order of their items. */
    ofLocation: (location: LocationId, after?: PagePosition): Promise<Page<StockAlert>> => {
      const walk = { fixed: { location }, moving: ['alert'], after };
      const query = {
        KeyConditionExpression: '#location = :location AND alert < :matter',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':matter': FIRST_EXCEPTION_ALERT },
      };
      return queryReadablePage(tables, 'Alerts', walk, query, toStockAlert);
    },

    /** A district's alerts of one state, the oldest first. */
    ofDistrict: (district: DistrictId, state: AlertState, after?: PagePosition): Promise<Page<Alert>> => {
      const walk = { fixed: { district }, moving: ['stateSince', 'location', 'alert'], after };
      const query = {
        IndexName: 'byArea',
        KeyConditionExpression: 'district = :district AND begins_with(stateSince, :state)',
        ExpressionAttributeValues: { ':district': district, ':state': `${state}#` },
      };
      return queryReadablePage(tables, 'Alerts', walk, query, toAlert);
    },

    /** Those of a district whose snooze has ended, and which nobody has written as open yet. Reads all that are snoozed there. */
    wokenOf: (district: DistrictId, now: Instant, after?: PagePosition): Promise<Page<Alert>> => {
      const walk = { fixed: { district }, moving: ['stateSince', 'location', 'alert'], after };
      const query = {
        IndexName: 'byArea',
        KeyConditionExpression: 'district = :district AND begins_with(stateSince, :snoozed)',
        FilterExpression: 'snoozed.#until <= :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':district': district, ':snoozed': 'snoozed#', ':now': now },
      };
      return queryReadablePage(tables, 'Alerts', walk, query, toAlert);
    },
  };
};

const toStockAlert = (item: Record<string, unknown>): StockAlert => StockAlert.parse(toAlert(item));

/**
 * Written only on the alert as it was decided on. Late news was compared with that, and an officer took on that: what another wrote meanwhile stands,
 * and is looked at again. `false`: nothing was changed.
 */
export const saveAlert = (tables: Tables, alert: Alert): Promise<boolean> =>
  putIf(tables, {
    TableName: tables.name('Alerts'),
    Item: toAlertItem(alert),
    ...(alert.version === 1
      ? { ConditionExpression: NOT_STORED }
      : {
          ConditionExpression: alert.version === 2 ? `${SAME_VERSION} OR ${WITHOUT_VERSION}` : SAME_VERSION,
          ExpressionAttributeNames: { '#version': 'version', ...(alert.version === 2 && { '#state': 'state' }) },
          ExpressionAttributeValues: { ':decided': alert.version - 1 },
        }),
  });

const NOT_STORED = 'attribute_not_exists(alert)';

const SAME_VERSION = '#version = :decided';

/** Alerts of before they had versions are at their first. */
const WITHOUT_VERSION = '(attribute_exists(#state) AND attribute_not_exists(#version))';

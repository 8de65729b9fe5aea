import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Alert } from '../domain/alerts/alert.ts';
import type { AlertState } from '../domain/alerts/life.ts';
import { StockAlert, type StockAlertType } from '../domain/alerts/stock-alert.ts';
import type { DistrictId, ItemId, LocationId } from '../domain/ids.ts';
import type { Page, Position } from '../domain/pages.ts';
import { FIRST_MATTER, stockAlertKey, toAlert, toAlertItem } from './alert-item.ts';
import type { Tables } from './client.ts';
import { queryPage } from './page.ts';
import { putIf } from './put-if.ts';

export type AlertStore = ReturnType<typeof alertStore>;

/** Alerts of stock, and a district's of all kinds. */
export const alertStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    get: async (location: LocationId, item: ItemId, type: StockAlertType): Promise<StockAlert | undefined> => {
      const Key = { location, alert: stockAlertKey({ item, type }) };
      const { Item } = await client.send(new GetCommand({ TableName: name('Alerts'), Key, ConsistentRead: true }));
      return Item && toStockAlert(Item);
    },

    /** Written only if it was judged on something newer than what is there, and on nothing older. `false`: nothing was changed. */
    save: (alert: StockAlert): Promise<boolean> =>
      putIf(tables, {
        TableName: name('Alerts'),
        Item: toAlertItem(alert),
        ConditionExpression: `${NONE_YET} OR (${NOTHING_OLDER} AND ${SOMETHING_NEWER})`,
        ExpressionAttributeValues: {
          ':stock': alert.stockVersion,
          ':item': alert.itemVersion,
          ':place': alert.placeVersion,
        },
      }),

    /** Those of a location's stock, in the order of their items. */
    ofLocation: (location: LocationId, after?: Position): Promise<Page<StockAlert>> => {
      const walk = { fixed: { location }, moving: ['alert'], after };
      const query = {
        KeyConditionExpression: '#location = :location AND alert < :matter',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':matter': FIRST_MATTER },
      };
      return queryPage(tables, 'Alerts', walk, query, toStockAlert);
    },

    /** A district's alerts of one state, the oldest first. */
    ofDistrict: (district: DistrictId, state: AlertState, after?: Position): Promise<Page<Alert>> => {
      const walk = { fixed: { district }, moving: ['stateSince', 'location', 'alert'], after };
      const query = {
        IndexName: 'byArea',
        KeyConditionExpression: 'district = :district AND begins_with(stateSince, :state)',
        ExpressionAttributeValues: { ':district': district, ':state': `${state}#` },
      };
      return queryPage(tables, 'Alerts', walk, query, toAlert);
    },
  };
};

// A stream record may come late or twice, the hourly sweep may read what the stream has passed, and a function may remember an item or a
// place that was changed since: none of them may undo newer news.
const NONE_YET = 'attribute_not_exists(alert)';
const NOTHING_OLDER =
  'stockVersion <= :stock AND itemVersion <= :item AND (attribute_not_exists(placeVersion) OR placeVersion <= :place)';
const SOMETHING_NEWER =
  '(stockVersion < :stock OR itemVersion < :item OR attribute_not_exists(placeVersion) OR placeVersion < :place)';

const toStockAlert = (item: Record<string, unknown>): StockAlert => StockAlert.parse(toAlert(item));

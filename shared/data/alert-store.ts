import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Alert, type AlertState, type AlertType } from '../domain/alert.ts';
import type { DistrictId, ItemId, LocationId } from '../domain/ids.ts';
import type { Page, Position } from '../domain/pages.ts';
import type { Tables } from './client.ts';
import { queryPage, within } from './page.ts';
import { putIf } from './put-if.ts';

const alertKey = (item: ItemId, type: AlertType): string => `${item}:${type}`;

/** In a district's index, alerts stand by state, then by since when. */
const stateSince = ({ state, openedAt, resolvedAt }: Alert): string => `${state}#${resolvedAt ?? openedAt}`;

export type AlertStore = ReturnType<typeof alertStore>;

export const alertStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    get: async (location: LocationId, item: ItemId, type: AlertType): Promise<Alert | undefined> => {
      const Key = { location, alert: alertKey(item, type) };
      const { Item } = await client.send(new GetCommand({ TableName: name('Alerts'), Key, ConsistentRead: true }));
      return Item && toAlert(Item);
    },

    /** Written only if it was judged on something newer than what is there, and on nothing older. `false`: nothing was changed. */
    save: (alert: Alert): Promise<boolean> =>
      putIf(tables, {
        TableName: name('Alerts'),
        Item: { ...alert, alert: alertKey(alert.item, alert.type), stateSince: stateSince(alert) },
        ConditionExpression: `${NONE_YET} OR (${NOTHING_OLDER} AND ${SOMETHING_NEWER})`,
        ExpressionAttributeValues: {
          ':stock': alert.stockVersion,
          ':item': alert.itemVersion,
          ':place': alert.placeVersion,
        },
      }),

    /** A location's alerts, in the order of their items. */
    ofLocation: (location: LocationId, after?: Position): Promise<Page<Alert>> => {
      const walk = { fixed: { location }, moving: ['alert'], after };
      return queryPage(tables, 'Alerts', walk, within('location', location), toAlert);
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

const toAlert = ({ alert: _key, stateSince: _since, writtenBy: _mark, ...rest }: Record<string, unknown>): Alert =>
  Alert.parse(rest);

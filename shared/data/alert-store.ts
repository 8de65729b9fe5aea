import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Alert, type AlertState, type AlertType } from '../domain/alert.ts';
import type { DistrictId, ItemId, LocationId } from '../domain/ids.ts';
import type { Page, Position } from '../domain/pages.ts';
import type { Tables } from './client.ts';
import { queryPage, within } from './page.ts';

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

    /** Written only if it was judged on something newer than what is there. `false`: someone saw further; nothing was changed. */
    save: async (alert: Alert): Promise<boolean> => {
      try {
        await client.send(
          new PutCommand({
            TableName: name('Alerts'),
            Item: { ...alert, alert: alertKey(alert.item, alert.type), stateSince: stateSince(alert) },
            ConditionExpression: `${NONE_YET} OR ${NEWER_STOCK} OR ${SAME_STOCK_NEWER_ITEM}`,
            ExpressionAttributeValues: { ':stock': alert.stockVersion, ':item': alert.itemVersion },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

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

// A stream record may come late or twice, and the hourly sweep may read what the stream has passed: neither may undo newer news.
const NONE_YET = 'attribute_not_exists(alert)';
const NEWER_STOCK = 'stockVersion < :stock';
const SAME_STOCK_NEWER_ITEM = '(stockVersion = :stock AND itemVersion < :item)';

const toAlert = ({ alert: _key, stateSince: _since, ...rest }: Record<string, unknown>): Alert => Alert.parse(rest);

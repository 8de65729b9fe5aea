import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { LocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryReadablePage } from '../platform/query-page.ts';
import { FIRST_EXCEPTION_ALERT, toAlert } from './alert-item.ts';
import { alertKeyOf } from './alert-key.ts';
import { saveAlert } from './alert-store.ts';
import { ExceptionAlert, type ExceptionAlertKey } from './exception-alert.ts';

export type ExceptionAlertStore = ReturnType<typeof exceptionAlertStore>;

/** Alerts of matters, beside those of stock in the table of alerts. */
export const exceptionAlertStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    find: async (key: ExceptionAlertKey): Promise<ExceptionAlert | undefined> => {
      const Key = { location: key.location, alert: alertKeyOf(key) };
      const { Item } = await client.send(new GetCommand({ TableName: name('Alerts'), Key, ConsistentRead: true }));
      return Item && toExceptionAlert(Item);
    },

    save: (alert: ExceptionAlert): Promise<boolean> => saveAlert(tables, alert),

    /** Those that stand at a location, by type: however many were, that costs nothing here. They may be a moment old. */
    openAt: (location: LocationId, after?: PagePosition): Promise<Page<ExceptionAlert>> => {
      const walk = { fixed: { openAt: location, location }, moving: ['alert'], after };
      return queryReadablePage(
        tables,
        'Alerts',
        walk,
        { ...partitionEquals('openAt', location), IndexName: 'openAt' },
        toExceptionAlert,
      );
    },

    /** Those that are or were open at a location. */
    ofLocation: (location: LocationId, after?: PagePosition): Promise<Page<ExceptionAlert>> => {
      const walk = { fixed: { location }, moving: ['alert'], after };
      const query = {
        KeyConditionExpression: '#location = :location AND alert >= :matter',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':matter': FIRST_EXCEPTION_ALERT },
      };
      return queryReadablePage(tables, 'Alerts', walk, query, toExceptionAlert);
    },
  };
};

const toExceptionAlert = (item: Record<string, unknown>): ExceptionAlert => ExceptionAlert.parse(toAlert(item));

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Place } from '../kernel/ids.ts';
import type { Page, Position } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryReadable, within } from '../platform/query-page.ts';
import { FIRST_MATTER, toAlert } from './alert-item.ts';
import { keyOf } from './alert-key.ts';
import { Matter, type MatterKey } from './exception-alert.ts';
import { saveAlert } from './save-alert.ts';

export type MatterStore = ReturnType<typeof matterStore>;

/** Alerts of matters, beside those of stock in the table of alerts. */
export const matterStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    find: async (key: MatterKey): Promise<Matter | undefined> => {
      const Key = { location: key.location, alert: keyOf(key) };
      const { Item } = await client.send(new GetCommand({ TableName: name('Alerts'), Key, ConsistentRead: true }));
      return Item && toMatter(Item);
    },

    save: (alert: Matter): Promise<boolean> => saveAlert(tables, alert),

    /** Those that stand at a location, by type: however many were, that costs nothing here. They may be a moment old. */
    openAt: (location: Place, after?: Position): Promise<Page<Matter>> => {
      const walk = { fixed: { openAt: location, location }, moving: ['alert'], after };
      return queryReadable(tables, 'Alerts', walk, { ...within('openAt', location), IndexName: 'openAt' }, toMatter);
    },

    /** Those that are or were open at a location. */
    ofLocation: (location: Place, after?: Position): Promise<Page<Matter>> => {
      const walk = { fixed: { location }, moving: ['alert'], after };
      const query = {
        KeyConditionExpression: '#location = :location AND alert >= :matter',
        ExpressionAttributeNames: { '#location': 'location' },
        ExpressionAttributeValues: { ':location': location, ':matter': FIRST_MATTER },
      };
      return queryReadable(tables, 'Alerts', walk, query, toMatter);
    },
  };
};

const toMatter = (item: Record<string, unknown>): Matter => Matter.parse(toAlert(item));

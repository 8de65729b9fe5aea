import type { ProducerId, StockLocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { queryPage, readableRows } from '../platform/query-page.ts';
import { putIf } from '../platform/transact.ts';
import {
  type MakerDay,
  type MakerDaySum,
  makerDayKey,
  makerSumsKey,
  toMakerDay,
  toMakerSum,
  toMakerSumItem,
} from './maker-day.ts';

export type MakerDayStore = ReturnType<typeof makerDayStore>;

/** close-day writes makers' figures by location and day, sum-days their sums by district. */
export const makerDayStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    /** Strongly consistent. `undefined`: the close has no figures of a maker. */
    at: async (location: StockLocationId, day: Day): Promise<MakerDay | undefined> => {
      const get = new GetCommand({ TableName: name('Ledger'), Key: makerDayKey(location, day), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && toMakerDay(Item);
    },

    /** Strongly consistent. Leaves out locations without a row, and rows that cannot be read. */
    several: async (locations: readonly StockLocationId[], day: Day): Promise<MakerDay[]> => {
      const keys = locations.map((location) => makerDayKey(location, day));
      const rows = await batchGet(tables, 'Ledger', keys, true);
      return readableRows(tables, rows, ({ daybook, entry }) => `Ledger ${daybook} ${entry}`, toMakerDay);
    },

    /** Eventually consistent, in order of day. */
    sums: (producer: ProducerId, { from, to }: { readonly from: Day; readonly to: Day }): Promise<MakerDaySum[]> => {
      const daybook = makerSumsKey(producer);
      const query = {
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': from, ':to': `${to}#~` },
      };
      return allPages((after) =>
        queryPage(tables, 'Ledger', { fixedKeys: { daybook }, positionKeys: ['entry'], after }, query, toMakerSum),
      );
    },

    /**
     * Replaces the sum of that day and district, unless the stored sum has later closes: a job may
     * run twice. One write for each maker, since a batch of writes has no conditions.
     */
    putSum: async (sum: MakerDaySum): Promise<void> => {
      await putIf(tables, {
        TableName: name('Ledger'),
        Item: toMakerSumItem(sum),
        ConditionExpression: 'attribute_not_exists(daybook) OR #closes.#editions <= :editions',
        ExpressionAttributeNames: { '#closes': 'closes', '#editions': 'editions' },
        ExpressionAttributeValues: { ':editions': sum.closes.editions },
      });
    },
  };
};

import * as z from 'zod';
import { type SellerId, StockLocationId } from '../kernel/ids.ts';
import { eachPage } from '../kernel/pages.ts';
import { addDays, Day } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { QueryCommand } from '../platform/dynamodb-commands.ts';
import { queryPage } from '../platform/query-page.ts';
import { concurrently } from '../platform/tasks.ts';
import { monthOf, type SellerDay, sellerMonthKey, toSellerDays } from './seller-day.ts';

/** Parts of a month that are read at once: the largest seller has 1 MB a day. */
const DAYS_AT_ONCE = 4;
const CONCURRENCY = 8;

type DayRange = { readonly from: Day; readonly to: Day };

/** No range spans two months: each month is a partition. */
const rangesIn = ({ from, to }: DayRange): DayRange[] => {
  const ranges: DayRange[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const last = ranges.at(-1);
    const isFull = !last || addDays(last.from, DAYS_AT_ONCE) <= day || monthOf(last.from) !== monthOf(day);
    if (isFull) ranges.push({ from: day, to: day });
    else ranges[ranges.length - 1] = { from: last.from, to: day };
  }
  return ranges;
};

const LocationDayRow = z.object({ entry: z.string() }).transform(({ entry }) => {
  const [day, location, part] = entry.split('#');
  return { day: Day.parse(day), location: StockLocationId.parse(location), part };
});

export type SellerDayStore = ReturnType<typeof sellerDayStore>;

/** Rows of close-day. Eventually consistent. */
export const sellerDayStore = (tables: Tables) => {
  const { client, name } = tables;
  const rowsBetween = async (seller: SellerId, { from, to }: DayRange): Promise<Record<string, unknown>[]> => {
    const rows: Record<string, unknown>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const query = new QueryCommand({
        TableName: name('Ledger'),
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': sellerMonthKey(seller, from), ':from': from, ':to': `${to}#~` },
        ...(start && { ExclusiveStartKey: start }),
      });
      const { Items = [], LastEvaluatedKey } = await client.send(query);
      rows.push(...Items);
      start = LastEvaluatedKey;
    } while (start);
    return rows;
  };

  return {
    /** In order of day and location. */
    between: async (seller: SellerId, window: DayRange): Promise<SellerDay[]> => {
      const ranges = rangesIn(window);
      const days = new Map<DayRange, SellerDay[]>();
      await concurrently(CONCURRENCY, ranges, async (range) =>
        days.set(range, toSellerDays(await rowsBetween(seller, range))),
      );
      return ranges.flatMap((range) => days.get(range) ?? []);
    },

    /** Within one month, in order. `start`: a day and location, such as `2026-11-22#LKO-01`. */
    locationDays: async function* (seller: SellerId, { from, to }: DayRange, start: string = from) {
      const daybook = sellerMonthKey(seller, from);
      const query = {
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': start, ':to': `${to}#~` },
        ProjectionExpression: 'daybook, entry',
      };
      const pages = eachPage((after) =>
        queryPage(tables, 'Ledger', { fixedKeys: { daybook }, positionKeys: ['entry'], after }, query, (row) =>
          LocationDayRow.parse(row),
        ),
      );
      for await (const { rows } of pages) for (const row of rows) if (row.part === undefined) yield row;
    },
  };
};

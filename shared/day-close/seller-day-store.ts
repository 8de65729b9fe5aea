import * as z from 'zod';
import { type SellerId, StockLocationId } from '../kernel/ids.ts';
import { eachPage } from '../kernel/pages.ts';
import { addDays, Day, daysIn } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { QueryCommand } from '../platform/dynamodb-commands.ts';
import { isConditionFailed } from '../platform/dynamodb-errors.ts';
import { queryPage } from '../platform/query-page.ts';
import { concurrently } from '../platform/tasks.ts';
import { putIf, transact } from '../platform/transact.ts';
import { monthOf, SellerDay, sellerMonthKey, toSellerDays } from './seller-day.ts';
import { type SellerDaySum, sellerSumKey, toSellerDaySumItems, toSellerDaySums } from './seller-day-sum.ts';

/** Parts of a month that are read at once: the largest seller has 1 MB a day. */
const DAYS_AT_ONCE = 4;
const CONCURRENCY = 8;

type DayRange = { readonly from: Day; readonly to: Day };

/** `days`: in order. No range spans two months: each month is a partition. */
const rangesIn = (days: readonly Day[]): DayRange[] => {
  const ranges: DayRange[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    const joins = last && addDays(last.to, 1) === day && monthOf(last.from) === monthOf(day);
    if (last && joins && day < addDays(last.from, DAYS_AT_ONCE))
      ranges[ranges.length - 1] = { from: last.from, to: day };
    else ranges.push({ from: day, to: day });
  }
  return ranges;
};

const SellerClose = SellerDay.pick({ location: true, day: true, edition: true, closedAt: true }).strip();
type SellerClose = z.infer<typeof SellerClose>;

const LocationDayRow = z.object({ entry: z.string() }).transform(({ entry }) => {
  const [day, location, part] = entry.split('#');
  return { day: Day.parse(day), location: StockLocationId.parse(location), part };
});

export type SellerDayStore = ReturnType<typeof sellerDayStore>;

type RowsQuery = { readonly daybook: string; readonly range: DayRange; readonly isNow?: boolean };

/** Rows of close-day, and their sums of sum-days. Eventually consistent if not said otherwise. */
export const sellerDayStore = (tables: Tables) => {
  const { client, name } = tables;
  const readRows = async ({ daybook, range: { from, to }, isNow }: RowsQuery, fields?: readonly string[]) => {
    const rows: Record<string, unknown>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const query = new QueryCommand({
        TableName: name('Ledger'),
        ConsistentRead: isNow === true,
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': from, ':to': `${to}#~` },
        ...(fields && {
          ProjectionExpression: fields.map((field) => `#${field}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
        }),
        ...(start && { ExclusiveStartKey: start }),
      });
      const { Items = [], LastEvaluatedKey } = await client.send(query);
      rows.push(...Items);
      start = LastEvaluatedKey;
    } while (start);
    return rows;
  };

  /** In order of the ranges. */
  const readRanges = async <Row>(ranges: readonly DayRange[], read: (range: DayRange) => Promise<Row[]>) => {
    const rows = new Map<DayRange, Row[]>();
    await concurrently(CONCURRENCY, ranges, async (range) => rows.set(range, await read(range)));
    return ranges.flatMap((range) => rows.get(range) ?? []);
  };

  return {
    /** In order of day and location. */
    onDays: (seller: SellerId, days: readonly Day[], isNow = false): Promise<SellerDay[]> =>
      readRanges(rangesIn(days), async (range) =>
        toSellerDays(await readRows({ daybook: sellerMonthKey(seller, range.from), range, isNow })),
      ),

    /** The closes that made these days. */
    closesOn: (seller: SellerId, days: readonly Day[]): Promise<SellerClose[]> =>
      readRanges(rangesIn(days), async (range) => {
        const daybook = sellerMonthKey(seller, range.from);
        const rows = await readRows({ daybook, range }, ['entry', 'location', 'day', 'edition', 'closedAt']);
        return rows.filter(({ entry }) => String(entry).split('#').length === 2).map((row) => SellerClose.parse(row));
      }),

    /** `range`: within one month. Days that are not summed are left out. */
    sums: async (seller: SellerId, range: DayRange): Promise<SellerDaySum[]> =>
      readRanges(rangesIn(daysIn(range)), async (part) =>
        toSellerDaySums(await readRows({ daybook: sellerSumKey(seller, part.from), range: part })),
      ),

    /** Replaces the sum of that day, unless that one has later closes: a job may run twice. */
    putSum: async (sum: SellerDaySum): Promise<void> => {
      const TableName = name('Ledger');
      const newer = {
        ConditionExpression: 'attribute_not_exists(daybook) OR #closes.#editions <= :editions',
        ExpressionAttributeNames: { '#closes': 'closes', '#editions': 'editions' },
        ExpressionAttributeValues: { ':editions': sum.closes.editions },
      };
      const puts = toSellerDaySumItems(sum).map((Item) => ({ TableName, Item, ...newer }));
      const [first, ...others] = puts;
      if (first && others.length === 0) {
        await putIf(tables, first);
        return;
      }
      const actions = puts.map((Put) => ({ Put }));
      await transact<'done'>(client, actions, 'done', (reasons) =>
        reasons.some(isConditionFailed) ? 'done' : undefined,
      );
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

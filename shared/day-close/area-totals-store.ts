import * as z from 'zod';
import type { AreaId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import { type ReopenedDay, reopenDayUpdate, reopenedDayDelete, reopenedDaysOf } from '../ledger/reopened-day-store.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { isConditionFailed } from '../platform/dynamodb-errors.ts';
import { queryPage } from '../platform/query-page.ts';
import { CONFLICT } from '../platform/retry.ts';
import { transact } from '../platform/transact.ts';
import { AreaTotals, ItemTotals } from './area-totals.ts';

/** Keeps each part within DynamoDB's 400 KB per item. */
const ITEMS_PER_PART = 1_000;

const totalsKey = (area: AreaId, day: Day, part: number) => ({
  daybook: `area#${area}#totals`,
  entry: part === 0 ? day : `${day}#${String(part).padStart(4, '0')}`,
});

const StoredTotals = AreaTotals.extend({ parts: z.int() });
const StoredTotalsPart = z.object({ items: z.array(ItemTotals) });

const SellersOfDay = AreaTotals.pick({ day: true, sellers: true }).strip();
export type SellersOfDay = z.infer<typeof SellersOfDay>;

/** `unreadable`: stored days that do not fit their schema. */
export type SummedDays = { readonly days: readonly AreaTotals[]; readonly unreadable: readonly string[] };

export type TotalsStore = ReturnType<typeof areaTotalsStore>;

export const areaTotalsStore = (tables: Tables) => {
  const { client, name } = tables;
  const get = async (area: AreaId, day: Day, part: number): Promise<unknown> => {
    const Key = totalsKey(area, day, part);
    return (await client.send(new GetCommand({ TableName: name('Ledger'), Key, ConsistentRead: true }))).Item;
  };

  return {
    find: async (area: AreaId, day: Day): Promise<AreaTotals | undefined> => {
      const stored = await get(area, day, 0);
      if (stored === undefined) return undefined;
      const { parts, ...head } = StoredTotals.strip().parse(stored);
      const items = [...head.items];
      for (let part = 1; part < parts; part++) items.push(...StoredTotalsPart.parse(await get(area, day, part)).items);
      return { ...head, items };
    },

    /** Eventually consistent, without items. Days that are not summed are left out. */
    sellersOn: async (area: AreaId, days: readonly Day[]): Promise<SellersOfDay[]> => {
      const keys = days.map((day) => totalsKey(area, day, 0));
      return (await batchGet(tables, 'Ledger', keys, false, ['day', 'sellers'])).map((row) => SellersOfDay.parse(row));
    },

    /** Eventually consistent. */
    between: async (area: AreaId, { from, to }: { readonly from: Day; readonly to: Day }): Promise<SummedDays> => {
      const daybook = `area#${area}#totals`;
      const query = {
        KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':daybook': daybook, ':from': from, ':to': `${to}#~` },
      };
      const pages = { fixedKeys: { daybook }, positionKeys: ['entry'] };
      const rows = await allPages((after) =>
        queryPage(tables, 'Ledger', { ...pages, after }, query, (row) => ({
          day: String(row.entry).split('#')[0] ?? '',
          row,
        })),
      );
      const days: AreaTotals[] = [];
      const unreadable: string[] = [];
      for (const [day, [head, ...parts]] of Map.groupBy(rows, ({ day }) => day)) {
        if (!head) continue;
        try {
          const items = [head, ...parts].flatMap(({ row }) => StoredTotalsPart.parse(row).items);
          days.push({ ...AreaTotals.strip().parse(head.row), items });
        } catch (error) {
          unreadable.push(`${area} ${day}`);
          tables.unreadable?.(`the totals of ${area} on ${day}`, error);
        }
      }
      return { days, unreadable };
    },

    /** Earliest first. */
    reopened: (area: AreaId) => reopenedDaysOf(tables, `area#${area}`),

    /** Partial totals keep the mark. `CONFLICT`: a location closed meanwhile. */
    put: (
      totals: AreaTotals,
      mark: ReopenedDay | undefined,
      coverage: 'complete' | 'partial' = 'complete',
    ): Promise<typeof CONFLICT | 'done'> => {
      const { area, day, items } = totals;
      const TableName = name('Ledger');
      const parts = Math.max(1, Math.ceil(items.length / ITEMS_PER_PART));
      const chunks = Array.from({ length: parts }, (_, part) =>
        items.slice(part * ITEMS_PER_PART, (part + 1) * ITEMS_PER_PART),
      );
      const actions = [
        ...chunks.map((chunk, part) => ({
          Put: {
            TableName,
            Item: { ...totalsKey(area, day, part), ...(part === 0 && { ...totals, parts }), items: chunk },
          },
        })),
        ...(coverage === 'complete' ? [{ Delete: reopenedDayDelete(TableName, `area#${area}`, day, mark) }] : []),
        ...(area === 'state' ? [] : [{ Update: reopenDayUpdate(TableName, 'area#state', day) }]),
      ];
      // Also `CONFLICT` if the first try committed but its answer was lost.
      return transact<typeof CONFLICT | 'done'>(client, actions, 'done', (reasons) =>
        reasons.some(isConditionFailed) ? CONFLICT : undefined,
      );
    },
  };
};

import * as z from 'zod';
import { DistrictId, ItemId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { itemsById, type LocationReport } from './report.ts';

/** `days`: half for the day it sold out. `over`: it ended. */
export const StockOut = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  item: ItemId,
  from: Day,
  to: Day,
  days: z.number().multipleOf(0.5),
  over: z.boolean(),
});
export type StockOut = z.infer<typeof StockOut>;

type StockOutSpell = { readonly from: Day; to: Day; days: number; over: boolean };
type DayShelf = { readonly day: Day; readonly items: ReturnType<typeof itemsById> };

/** Selling out starts a stock-out; empty at opening continues it. */
const stockOutSpellsOf = (item: ItemId, shelves: readonly DayShelf[], first: Day): StockOutSpell[] => {
  const spells: StockOutSpell[] = [];
  let under: StockOutSpell | undefined;
  for (const [at, { day, items }] of shelves.entries()) {
    const closed = items.get(item);
    const isNew = !shelves[at - 1]?.items.has(item);
    if (day < first || !closed || closed.exposure === 1 || (isNew && closed.exposure === 0)) {
      under = undefined;
      continue;
    }
    if (!under || closed.exposure === 0.5) {
      under = { from: day, to: day, days: 0, over: false };
      spells.push(under);
    }
    under.to = day;
    under.days += 1 - closed.exposure;
    under.over = closed.onHand > 0;
  }
  return spells;
};

export const stockOuts = {
  title: 'Each time that a location had none of an item, and for how long',
  row: StockOut,
  key: ({ location, item, from }) => [location, item, from],
  from: 'closes',
  at: 'everywhere',
  earlier: 1,
  rows: (closes, { location, district }, window) => {
    const shelves = closes.map((close) => ({ day: close.day, items: itemsById(close) }));
    const items = new Set(shelves.flatMap((shelf) => [...shelf.items.keys()]));
    return [...items].flatMap((item) =>
      stockOutSpellsOf(item, shelves, window.from).map((spell) => ({ location, district, item, ...spell })),
    );
  },
} as const satisfies LocationReport<StockOut>;

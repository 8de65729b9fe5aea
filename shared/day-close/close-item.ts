import * as z from 'zod';
import { LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { ClosedItem, type ClosedSales, DayClose } from './day-close.ts';

/** Beside a location's day books, so that no book ever shows them. */
export const closesKey = (location: LocationId): string => `${location}#closes`;
export const closeKey = (location: LocationId, day: Day, edition: number) => ({
  daybook: closesKey(location),
  entry: `${day}#${String(edition).padStart(4, '0')}`,
});

/** The figures of an item by their places, the last of them left out where they are nothing: most items lie still on most days. */
const FIELD_ORDER = [
  'item',
  'onHand',
  'average',
  'value',
  'exposure',
  'sold',
  'amount',
  'returned',
  'received',
  'dispatched',
  'issued',
  'writtenOff',
  'variance',
  'varianceValue',
  'mistaken',
  'astray',
] as const satisfies readonly (keyof ClosedItem)[];

/** `averages`: those that the day had before, as item, until, average. */
const PackedItems = z.object({
  items: z.array(z.array(z.union([z.string(), z.number(), z.bigint()]))),
  averages: z.array(z.tuple([z.string(), z.string(), z.number()])).default([]),
});

const packItem = (item: ClosedItem) => {
  const places = FIELD_ORDER.map((place) => item[place] ?? 0);
  return places.slice(0, places.findLastIndex((place) => place !== 0) + 1);
};

export const toCloseItem = (close: DayClose) => {
  const averages = close.items.flatMap(({ item, averages: all = [] }) =>
    all.map(({ until, average }) => [item, until, average]),
  );
  return {
    ...closeKey(close.location, close.day, close.edition),
    ...close,
    items: close.items.map(packItem),
    ...(averages.length > 0 && { averages }),
  };
};

/** Left out where they are nothing, in a close too. */
const OPTIONAL_FIELDS = ['mistaken', 'astray'] as const;

const unpackItem = (places: readonly unknown[], names: readonly (typeof FIELD_ORDER)[number][] = FIELD_ORDER) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = places[FIELD_ORDER.indexOf(name)] ?? 0;
      return value === 0 && OPTIONAL_FIELDS.some((one) => one === name) ? [] : [[name, value]];
    }),
  );

/** What does not fit its schema is a fault of ours, and is thrown. */
export const toClose = (stored: unknown): DayClose => {
  const { items, averages, ...rest } = PackedItems.loose().parse(stored);
  const before = Map.groupBy(averages, ([item]) => item);
  const withAverages = (item: ReturnType<typeof unpackItem>) => {
    const all = before.get(String(item.item))?.map(([, until, average]) => ({ until, average }));
    return { ...item, ...(all && { averages: all }) };
  };
  return DayClose.strip().parse({ ...rest, items: items.map((places) => withAverages(unpackItem(places))) });
};

const SALES_FIELDS = ['item', 'sold', 'exposure', 'mistaken'] as const;
const StoredSales = z.object({
  location: LocationId,
  items: z.array(ClosedItem.pick({ item: true, sold: true, exposure: true, mistaken: true })),
});

/** Of a close what it says of demand, and nothing else: a night reads those of all outlets. */
export const toClosedSales = (stored: unknown): ClosedSales => {
  const { items, location } = PackedItems.loose().parse(stored);
  return StoredSales.parse({ location, items: items.map((places) => unpackItem(places, SALES_FIELDS)) });
};

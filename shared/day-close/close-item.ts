import * as z from 'zod';
import { Place } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { Close, ClosedItem, type ClosedSales } from './day-close.ts';

/** Beside a location's day books, so that no book ever shows them. */
export const closesOf = (location: Place): string => `${location}#closes`;
export const closeKey = (location: Place, day: Day, edition: number) => ({
  daybook: closesOf(location),
  entry: `${day}#${String(edition).padStart(4, '0')}`,
});

/** The figures of an item by their places, the last of them left out where they are nothing: most items lie still on most days. */
const PLACES = [
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
const Packed = z.object({
  items: z.array(z.array(z.union([z.string(), z.number(), z.bigint()]))),
  averages: z.array(z.tuple([z.string(), z.string(), z.number()])).default([]),
});

const packed = (item: ClosedItem) => {
  const places = PLACES.map((place) => item[place] ?? 0);
  return places.slice(0, places.findLastIndex((place) => place !== 0) + 1);
};

export const toCloseItem = (close: Close) => {
  const averages = close.items.flatMap(({ item, averages: all = [] }) =>
    all.map(({ until, average }) => [item, until, average]),
  );
  return {
    ...closeKey(close.location, close.day, close.edition),
    ...close,
    items: close.items.map(packed),
    ...(averages.length > 0 && { averages }),
  };
};

/** Left out where they are nothing, in a close too. */
const SELDOM = ['mistaken', 'astray'] as const;

const unpacked = (places: readonly unknown[], names: readonly (typeof PLACES)[number][] = PLACES) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = places[PLACES.indexOf(name)] ?? 0;
      return value === 0 && SELDOM.some((one) => one === name) ? [] : [[name, value]];
    }),
  );

/** What does not fit its schema is a fault of ours, and is thrown. */
export const toClose = (stored: unknown): Close => {
  const { items, averages, ...rest } = Packed.loose().parse(stored);
  const before = Map.groupBy(averages, ([item]) => item);
  const withAverages = (item: ReturnType<typeof unpacked>) => {
    const all = before.get(String(item.item))?.map(([, until, average]) => ({ until, average }));
    return { ...item, ...(all && { averages: all }) };
  };
  return Close.strip().parse({ ...rest, items: items.map((places) => withAverages(unpacked(places))) });
};

const SOLD = ['item', 'sold', 'exposure', 'mistaken'] as const;
const Sold = z.object({
  location: Place,
  items: z.array(ClosedItem.pick({ item: true, sold: true, exposure: true, mistaken: true })),
});

/** Of a close what it says of demand, and nothing else: a night reads those of all outlets. */
export const toClosedSales = (stored: unknown): ClosedSales => {
  const { items, location } = Packed.loose().parse(stored);
  return Sold.parse({ location, items: items.map((places) => unpacked(places, SOLD)) });
};

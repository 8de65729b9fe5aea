import * as z from 'zod';
import { Close, type ClosedItem } from '../domain/closes/close.ts';
import type { Place } from '../domain/ids.ts';
import type { Day } from '../domain/time.ts';

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
] as const satisfies readonly (keyof ClosedItem)[];

const Packed = z.object({ items: z.array(z.array(z.union([z.string(), z.number()]))) });

const packed = (item: ClosedItem) => {
  const places = PLACES.map((place) => item[place]);
  return places.slice(0, places.findLastIndex((place) => place !== 0) + 1);
};

export const toCloseItem = (close: Close) => ({
  ...closeKey(close.location, close.day, close.edition),
  ...close,
  items: close.items.map(packed),
});

/** What does not fit its schema is a fault of ours, and is thrown. */
export const toClose = (stored: unknown): Close => {
  const { items, ...rest } = Packed.loose().parse(stored);
  const unpacked = items.map((places) => Object.fromEntries(PLACES.map((place, at) => [place, places[at] ?? 0])));
  return Close.strip().parse({ ...rest, items: unpacked });
};

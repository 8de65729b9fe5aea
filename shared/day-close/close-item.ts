import * as z from 'zod';
import { LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { ClosedItem, type ClosedSales, DayClose } from './day-close.ts';

/** Outside the day books, so that they list no closes. */
export const closesKey = (location: LocationId): string => `${location}#closes`;
export const closeKey = (location: LocationId, day: Day, edition: number) => ({
  daybook: closesKey(location),
  entry: `${day}#${String(edition).padStart(4, '0')}`,
});

/** Figures by position without trailing zeros, because most items do not move daily. */
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

/** `averages`: item, until, average. */
const PackedItems = z.object({
  items: z.array(z.array(z.union([z.string(), z.number(), z.bigint()]))),
  averages: z.array(z.tuple([z.string(), z.string(), z.number()])).default([]),
});

const packItem = (item: ClosedItem) => {
  const values = FIELD_ORDER.map((field) => item[field] ?? 0);
  return values.slice(0, values.findLastIndex((field) => field !== 0) + 1);
};

export const toCloseItem = (close: DayClose) => {
  const averages = close.items.flatMap(({ item, averages: itemAverages = [] }) =>
    itemAverages.map(({ until, average }) => [item, until, average]),
  );
  return {
    ...closeKey(close.location, close.day, close.edition),
    ...close,
    items: close.items.map(packItem),
    ...(averages.length > 0 && { averages }),
  };
};

/** Omitted if 0. */
const OPTIONAL_FIELDS = ['mistaken', 'astray'] as const;

const unpackItem = (values: readonly unknown[], fields: readonly (typeof FIELD_ORDER)[number][] = FIELD_ORDER) =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[FIELD_ORDER.indexOf(field)] ?? 0;
      return value === 0 && OPTIONAL_FIELDS.some((optional) => optional === field) ? [] : [[field, value]];
    }),
  );

/** Throws if the stored close does not fit its schema. */
export const toClose = (stored: unknown): DayClose => {
  const { items, averages, ...rest } = PackedItems.loose().parse(stored);
  const averagesByItem = Map.groupBy(averages, ([item]) => item);
  const withAverages = (item: ReturnType<typeof unpackItem>) => {
    const itemAverages = averagesByItem.get(String(item.item))?.map(([, until, average]) => ({ until, average }));
    return { ...item, ...(itemAverages && { averages: itemAverages }) };
  };
  return DayClose.strip().parse({ ...rest, items: items.map((values) => withAverages(unpackItem(values))) });
};

const SALES_FIELDS = ['item', 'sold', 'exposure', 'mistaken'] as const;
const StoredSales = z.object({
  location: LocationId,
  items: z.array(ClosedItem.pick({ item: true, sold: true, exposure: true, mistaken: true })),
});

/** A nightly job reads all outlets' closes. */
export const toClosedSales = (stored: unknown): ClosedSales => {
  const { items, location } = PackedItems.loose().parse(stored);
  return StoredSales.parse({ location, items: items.map((values) => unpackItem(values, SALES_FIELDS)) });
};

import * as z from 'zod';
import { AreaId, type ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, NonNegativeSum, Sum } from '../kernel/sum.ts';
import { Day, Instant } from '../kernel/time.ts';
import { Name } from '../registry/entries.ts';
import { ClosedItem, ClosedSeller, ClosedTender, type DayClose } from './day-close.ts';
import { taxByRate } from './sales.ts';

const count = z.int().min(0);

/** `inStock`: the sum of `exposure` over locations. */
export const ItemTotals = ClosedItem.omit({ average: true, averages: true, exposure: true }).extend({
  onHand: Sum,
  sold: NonNegativeSum,
  returned: Sum,
  received: Sum,
  dispatched: Sum,
  issued: Sum,
  writtenOff: Sum,
  variance: Sum,
  mistaken: Sum.optional(),
  astray: Sum.optional(),
  locations: count,
  inStock: z.number(),
});
export type ItemTotals = z.infer<typeof ItemTotals>;

/** In paise: `amount` is sales, `value` is stock. */
const CraftTotals = z.strictObject({ craft: Name, amount: NonNegativeSum, value: NonNegativeSum });

/** `unproven`: locations with possibly incomplete vouchers. */
export const AreaTotals = z.strictObject({
  area: AreaId,
  day: Day,
  locations: count,
  unproven: count,
  vouchers: count,
  inHand: count,
  tenders: z.array(ClosedTender),
  sellers: z.array(ClosedSeller),
  items: z.array(ItemTotals),
  crafts: z.array(CraftTotals),
  summedAt: Instant,
});
export type AreaTotals = z.infer<typeof AreaTotals>;

type PartialTotals = Omit<AreaTotals, 'area' | 'day' | 'summedAt'>;

/** Items missing in the registry have no craft. */
export const partialTotalsOf = (close: DayClose, craftOf: ReadonlyMap<ItemId, string>): PartialTotals => ({
  locations: 1,
  unproven: close.terminals.some(({ state }) => state !== 'proven') ? 1 : 0,
  vouchers: close.vouchers,
  inHand: close.inHand,
  tenders: close.tenders,
  sellers: close.sellers,
  items: close.items.map(({ average: _, averages: _all, exposure, ...figures }) => ({
    ...figures,
    locations: 1,
    inStock: exposure,
  })),
  crafts: close.items.flatMap(({ item, amount, value }) => {
    const craft = craftOf.get(item);
    return craft === undefined ? [] : [{ craft, amount, value }];
  }),
});

export const sumTotals = (area: AreaId, day: Day, parts: readonly PartialTotals[], summedAt: Instant): AreaTotals => {
  const sum = (figure: 'locations' | 'unproven' | 'vouchers' | 'inHand') => sumOf(parts.map((part) => part[figure]));
  return {
    area,
    day,
    locations: sum('locations'),
    unproven: sum('unproven'),
    vouchers: sum('vouchers'),
    inHand: sum('inHand'),
    tenders: sumRows(
      parts.flatMap(({ tenders }) => tenders),
      'tender',
    ),
    sellers: sumRows(
      parts.flatMap(({ sellers }) => sellers),
      'seller',
    ).map((seller) => ({
      ...seller,
      tax: taxByRate(taxOf(parts, seller, 'tax')),
      taxBack: taxByRate(taxOf(parts, seller, 'taxBack')),
    })),
    items: sumRows(
      parts.flatMap(({ items }) => items),
      'item',
    ),
    crafts: sumRows(
      parts.flatMap(({ crafts }) => crafts),
      'craft',
    ),
    summedAt,
  };
};

const taxOf = (parts: readonly PartialTotals[], { seller }: ClosedSeller, figure: 'tax' | 'taxBack') =>
  parts.flatMap(({ sellers }) => sellers.filter((one) => one.seller === seller).flatMap((one) => one[figure]));

const sumRows = <Row extends object, Key extends keyof Row & string>(rows: readonly Row[], key: Key): Row[] => {
  const sums = new Map<unknown, Row>();
  for (const row of rows) {
    const before = sums.get(row[key]);
    sums.set(row[key], before ? addRows(before, row) : row);
  }
  return [...sums.values()].toSorted((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1));
};

const isFigure = (value: unknown): value is Sum => typeof value === 'number' || typeof value === 'bigint';

const addRows = <Row extends object>(one: Row, other: Row): Row =>
  Object.fromEntries(
    Object.entries({ ...other, ...one }).map(([field, value]) => {
      const figures = [one, other].map((row): unknown => row[field as keyof Row]);
      return [field, figures.every(isFigure) ? addUp(figures) : value];
    }),
  ) as Row;

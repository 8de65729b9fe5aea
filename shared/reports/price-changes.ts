import * as z from 'zod';
import { DistrictId, ItemId, SellerId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { Paise } from '../kernel/quantity.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { addDays, Instant, startOfDay } from '../kernel/time.ts';
import { EffectiveFrom, effectiveStartOf } from '../registry/dated-field.ts';
import { type DatedPrice, type Item, priceAt } from '../registry/item.ts';
import type { PriceReport } from './report.ts';

/** `from`: when the price begins. Paise for the item's priced unit. */
export const PriceChange = z.strictObject({
  item: ItemId,
  seller: SellerId,
  district: DistrictId,
  at: Instant,
  by: z.string(),
  from: EffectiveFrom,
  priceBefore: Paise.optional(),
  price: Paise.optional(),
  mrpBefore: Paise.optional(),
  mrp: Paise.optional(),
  rateBefore: GstBasisPoints.optional(),
  rate: GstBasisPoints.optional(),
});
export type PriceChange = z.infer<typeof PriceChange>;

const figuresOf = (price: DatedPrice | undefined, name: '' | 'Before') =>
  price && {
    [`price${name}`]: price.price,
    [`mrp${name}`]: price.mrp,
    ...(price.gstBasisPoints !== undefined && { [`rate${name}`]: price.gstBasisPoints }),
  };

/** Starts at which another price is in force than before the change. */
const changedStarts = (before: Item, after: Item): EffectiveFrom[] => {
  const starts = new Map([...before.prices, ...after.prices].map(({ from }) => [effectiveStartOf(from), from]));
  const textAt = (item: Item, start: Instant) => toCanonicalJson(priceAt(item, start) ?? {});
  return [...starts].filter(([start]) => textAt(before, start) !== textAt(after, start)).map(([, from]) => from);
};

export const priceChanges = {
  title: 'Prices, MRPs and GST rates that were changed: who, when, before and after; new items are left out',
  row: PriceChange,
  key: ({ item, at, from }) => [item, at, from],
  from: 'prices',
  rows: (changes, { from, to }) =>
    changes
      .filter(({ at }) => at >= startOfDay(from) && at < startOfDay(addDays(to, 1)))
      .flatMap(({ item, seller, district, at, by, before, after }) =>
        changedStarts(before, after).map((start) => ({
          item,
          seller,
          district,
          at,
          by,
          from: start,
          ...figuresOf(priceAt(before, effectiveStartOf(start)), 'Before'),
          ...figuresOf(priceAt(after, effectiveStartOf(start)), ''),
        })),
      ),
} as const satisfies PriceReport<PriceChange>;

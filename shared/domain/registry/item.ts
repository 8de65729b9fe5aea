import * as z from 'zod';
import { ProducerId, ProductId, SellerId } from '../ids.ts';
import { ItemUnits } from '../materials/units.ts';
import { BaseUnit, Paise, Quantity } from '../quantity.ts';
import { GstBasisPoints } from '../tax.ts';
import { Day } from '../time.ts';
import { MEANS, Name } from './entries.ts';

/** Price, MRP and GST of an item from a day on, until the next one. Paise per base unit, tax included. */
export const PriceFrom = z
  .strictObject({ from: Day, price: Paise, mrp: Paise, gstBasisPoints: GstBasisPoints })
  .refine(({ price, mrp }) => price <= mrp, { path: ['price'], error: 'the price is at most the MRP' });
export type PriceFrom = z.infer<typeof PriceFrom>;

const MOST_PRICES = 50;
const oneADay = (prices: readonly PriceFrom[]): boolean =>
  new Set(prices.map(({ from }) => from)).size === prices.length;

/** What a seller sells, or a depot keeps. `reorderPoint` in base units: at or below it, the item is short; 0: it is not replenished, and nobody is alerted. */
export const Item = z.strictObject({
  name: Name,
  nameHi: Name,
  product: ProductId,
  seller: SellerId,
  unit: BaseUnit,
  /** What people measure it in beside: kg, bundle, metre. */
  units: ItemUnits.optional(),
  hsn: z.string().regex(/^\d{4}(\d{2}){0,2}$/, 'an HSN heading is 4, 6 or 8 digits'),
  prices: z
    .array(PriceFrom)
    .min(1, 'an item has a price')
    .max(MOST_PRICES)
    .refine(oneADay, 'from one day on there is one price'),
  /** Of a material: how much a season for each loom, kiln or member. */
  entitlement: z
    .strictObject({ per: z.enum(MEANS), quantity: Quantity }, 'an entitlement is so much for each of one means')
    .optional(),
  reorderPoint: z.int().min(0).max(100_000_000),
  /** Base units that one line of a sale plausibly has at most, where not as the base unit says; other kinds and places have so many times that. */
  largestQuantity: Quantity.optional(),
  /** Base units that one line may adjust without an officer, where not as the base unit says. */
  adjustmentLimit: Quantity.optional(),
  /** Who makes it: they are asked for what no outlet or depot can send. */
  makers: z.array(ProducerId).min(1).max(20).optional(),
  aliases: z.array(Name).max(10),
  keypad: z
    .string()
    .regex(/^\d{1,6}$/, 'a keypad code is 1 to 6 digits')
    .optional(),
  barcode: z
    .string()
    .regex(/^\d{8,14}$/, 'a barcode is 8 to 14 digits')
    .optional(),
});
export type Item = z.infer<typeof Item>;

/** The price in force on a day: the latest that started by then. None before the first. */
export const priceOn = (item: Item, day: Day): PriceFrom | undefined =>
  item.prices.reduce<PriceFrom | undefined>(
    (found, price) => (price.from <= day && (!found || price.from > found.from) ? price : found),
    undefined,
  );

/** Items alone have prices. */
export const hasPrices = (entry: object): entry is Item => 'prices' in entry;

/** New prices beside the old; one from the same day replaces it. Of too many, the oldest go. */
export const withPrices = <I extends Item>(item: I, earlier: readonly PriceFrom[]): I => {
  const given = new Set(item.prices.map(({ from }) => from));
  const prices = [...earlier.filter(({ from }) => !given.has(from)), ...item.prices];
  return { ...item, prices: prices.sort((a, b) => a.from.localeCompare(b.from)).slice(-MOST_PRICES) };
};

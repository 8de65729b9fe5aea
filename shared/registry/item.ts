import * as z from 'zod';
import { plainText } from '../kernel/claim-fields.ts';
import { ProducerId, ProductId, SellerId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { BaseUnit, Paise, Quantity } from '../kernel/quantity.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { Day, dayOf, type Instant } from '../kernel/time.ts';
import { findUnit, type ItemUnit, ItemUnits, UnitName } from '../kernel/units.ts';
import {
  changeField,
  compareByStart,
  type DatedField,
  EffectiveFrom,
  earlierByDay,
  effectiveAt,
  effectiveStartOf,
  hasUniqueStarts,
  isStartUnclear,
  unclearStart,
  valueOn,
} from './dated-field.ts';
import { HindiName, Name, PRODUCTION_MEANS } from './entries.ts';
import { statusFields } from './entry-status.ts';

/**
 * Paise, tax included, per unit `per` or per base unit, until the next entry. Below `floor` a sale
 * needs a reason. Without a rate, the schedule's counts.
 */
export const DatedPrice = z
  .strictObject({
    from: EffectiveFrom,
    per: UnitName.optional(),
    price: Paise,
    mrp: Paise,
    floor: Paise.optional(),
    gstBasisPoints: GstBasisPoints.optional(),
  })
  .refine(({ price, mrp }) => price <= mrp, { path: ['price'], error: 'the price is at most the MRP' })
  .refine(({ price, floor }) => floor === undefined || floor <= price, {
    path: ['floor'],
    error: 'the floor price is at most the price',
  });
export type DatedPrice = z.infer<typeof DatedPrice>;

/** Unit quantity codes of GST, with the base units in one: 1,000 gram are one KGS. */
export const BASE_UNITS_PER_UQC = {
  PCS: 1,
  PRS: 1,
  SET: 1,
  NOS: 1,
  UNT: 1,
  BOX: 1,
  PAC: 1,
  BTL: 1,
  TUB: 1,
  ROL: 1,
  BAG: 1,
  OTH: 1,
  KGS: 1_000,
  GMS: 1,
  LTR: 1_000,
  MLT: 1,
  MTR: 1_000,
} as const;
export const Uqc = z.enum(
  Object.keys(BASE_UNITS_PER_UQC) as (keyof typeof BASE_UNITS_PER_UQC)[],
  'a UQC is a unit code of GST, such as PCS or KGS',
);
export type Uqc = z.infer<typeof Uqc>;

/** The first is the default. */
const UQCS_BY_UNIT: Record<z.infer<typeof BaseUnit>, readonly [Uqc, ...Uqc[]]> = {
  piece: ['PCS', 'PRS', 'SET', 'NOS', 'UNT', 'BOX', 'PAC', 'BTL', 'TUB', 'ROL', 'BAG', 'OTH'],
  gram: ['KGS', 'GMS'],
  millilitre: ['LTR', 'MLT'],
  millimetre: ['MTR'],
};

export const uqcOf = ({ unit, uqc }: Pick<Item, 'unit' | 'uqc'>): Uqc => uqc ?? UQCS_BY_UNIT[unit][0];

/** Only a registered authorised user may use the name (GI Act 1999). */
export const GeographicalIndication = z.strictObject(
  {
    application: z.string().regex(/^\d{1,5}$/, 'a GI application number is 1 to 5 digits'),
    user: plainText().min(1).max(40, 'an authorised-user number is at most 40 characters'),
  },
  'a GI is an application number and the number of an authorised user',
);

/** GS1: modulo 10, weights 3 and 1 from the right. */
const hasCheckDigit = (barcode: string): boolean =>
  [...barcode].reverse().reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;

const MAX_PRICES = 50;
const Hsn = z.string().regex(/^\d{4}(\d{2}){0,2}$/, 'an HSN heading is 4, 6 or 8 digits');

/** `reorderPoint` in base units; 0 means not replenished, no alerts. */
export const Item = z
  .strictObject({
    name: Name,
    nameHi: HindiName,
    product: ProductId,
    seller: SellerId,
    unit: BaseUnit,
    units: ItemUnits.optional(),
    /** From `hsnFrom`, or always. */
    hsn: Hsn,
    hsnFrom: Day.optional(),
    earlierHsn: earlierByDay(z.strictObject({ from: Day.optional(), hsn: Hsn })),
    prices: z
      .array(DatedPrice)
      .min(1, 'an item needs a price')
      .max(MAX_PRICES)
      .refine(hasUniqueStarts, 'only one price may start at one moment'),
    /** For a material: per season, for each loom, kiln or member. */
    entitlement: z
      .strictObject(
        { per: z.enum(PRODUCTION_MEANS), quantity: Quantity },
        'an entitlement is a quantity for each of one means',
      )
      .optional(),
    reorderPoint: z.int().min(0).max(100_000_000),
    /** Plausible base units of a sale line; other kinds multiply it. Default by base unit. */
    largestQuantity: Quantity.optional(),
    /** Base units per line adjusted without an officer. Default by base unit. */
    adjustmentLimit: Quantity.optional(),
    /** Asked when no outlet or depot can supply. */
    makers: z.array(ProducerId).min(1).max(20).optional(),
    /** As a bill and GSTR-1 count the item. */
    uqc: Uqc.optional(),
    /** Packed without the buyer present: taxed and labelled differently. */
    prePacked: z.boolean().optional(),
    /** Declared by its maker (Notification 21/2018-CT(R)): any value has the entered rate. */
    handicraft: z.boolean().optional(),
    gi: GeographicalIndication.optional(),
    /** Shown to buyers if each of `makers` consents to their name. */
    makerName: Name.optional(),
    ...statusFields('discontinued'),
    aliases: z.array(Name).max(10),
    keypad: z
      .string()
      .regex(/^\d{1,6}$/, 'a keypad code is 1 to 6 digits')
      .optional(),
    barcode: z
      .string()
      .regex(/^(\d{8}|\d{12,14})$/, 'a barcode is 8, 12, 13 or 14 digits')
      .refine(hasCheckDigit, 'the last digit of a barcode checks the others: compare it with the label')
      .optional(),
  })
  .superRefine(({ unit, units = [], prices, uqc }, { addIssue }) => {
    if (uqc !== undefined && !UQCS_BY_UNIT[unit].includes(uqc))
      addIssue({
        code: 'custom',
        path: ['uqc'],
        message: `the UQC of an item counted by ${unit} is ${UQCS_BY_UNIT[unit].join(', ')}`,
      });
    for (const [at, { per }] of prices.entries())
      if (per !== undefined && !findUnit({ unit, units }, per))
        addIssue({ code: 'custom', path: ['prices', at, 'per'], message: `'${per}' is not a unit of this item` });
  });
export type Item = z.infer<typeof Item>;

export const priceAt = (item: Item, at: Instant): DatedPrice | undefined => effectiveAt(item.prices, at);

/** In paise; by default half the price, rounded up. */
export const floorPriceOf = ({ price, floor }: DatedPrice): number => floor ?? Math.ceil(price / 2);

const hsnHistoryOf = ({
  hsn,
  hsnFrom,
  earlierHsn = [],
}: Pick<Item, 'hsn' | 'hsnFrom' | 'earlierHsn'>): DatedField<string> => ({
  value: hsn,
  from: hsnFrom,
  earlier: earlierHsn.map(({ from, hsn: value }) => ({ ...(from && { from }), value })),
});

export const hsnOn = (item: Item, day: Day): string => valueOn(hsnHistoryOf(item), day);

/** The chapters of the present and all earlier HSN codes. */
export const chaptersOf = ({ hsn, earlierHsn = [] }: Pick<Item, 'hsn' | 'earlierHsn'>): string[] => [
  ...new Set([hsn, ...earlierHsn.map((earlier) => earlier.hsn)].map((heading) => heading.slice(0, 2))),
];

export const isItemEntry = (entry: object): entry is Item => 'prices' in entry;

/**
 * Adds earlier prices. One of the same moment is replaced; above the limit the oldest are dropped.
 */
export const mergePrices = <I extends Item>(item: I, earlier: readonly DatedPrice[]): I => {
  const starts = new Set(item.prices.map(({ from }) => effectiveStartOf(from)));
  const prices = [...earlier.filter(({ from }) => !starts.has(effectiveStartOf(from))), ...item.prices];
  return { ...item, prices: prices.sort(compareByStart).slice(-MAX_PRICES) };
};

const editedHsnOf = (item: Item) => {
  const { value, from, earlier } = hsnHistoryOf(item);
  return { value, from, earlier, isHistory: item.earlierHsn !== undefined };
};

const isSameHsn = (one: string, other: string): boolean => one === other;

export const hsnStartProblems = (item: Item, stored: Item, now: Instant): FieldProblem[] =>
  isStartUnclear(editedHsnOf(item), hsnHistoryOf(stored), dayOf(now), isSameHsn)
    ? [unclearStart('hsnFrom', item.hsnFrom)]
    : [];

/**
 * The edited item with the stored history. Started prices stay, because a late sale may need them.
 */
export const withItemHistory = (item: Item, stored: Item, now: Instant): Item => {
  const started = stored.prices.filter(({ from }) => effectiveStartOf(from) <= now);
  const { value: hsn, from, earlier } = changeField(editedHsnOf(item), hsnHistoryOf(stored), dayOf(now), isSameHsn);
  const { hsnFrom: _from, earlierHsn: _earlier, ...rest } = started.length > 0 ? mergePrices(item, started) : item;
  return {
    ...rest,
    hsn,
    ...(from && { hsnFrom: from }),
    ...(earlier.length > 0 && {
      earlierHsn: earlier.map(({ from: since, value }) => ({ hsn: value, ...(since && { from: since }) })),
    }),
  };
};

/** `base` base units cost `per` times the price: 1,000 gram cost the price per kg once. */
export type PriceUnit = Pick<ItemUnit, 'base' | 'per'>;

/** The declared unit that a price names, else one base unit. */
export const priceUnitOf = (
  { unit, units = [] }: Pick<Item, 'unit' | 'units'>,
  { per }: Pick<DatedPrice, 'per'>,
): PriceUnit => (per === undefined ? undefined : findUnit({ unit, units }, per)) ?? { base: 1, per: 1 };

/**
 * Paise: exact, rounded once, half up. Above 2^53, the nearest double, which the amount's limit
 * refuses.
 */
export const amountFor = (quantity: number, price: number, { base, per }: PriceUnit): number => {
  const numerator = BigInt(quantity) * BigInt(price) * BigInt(per);
  const denominator = BigInt(base);
  return Number((2n * numerator + denominator) / (2n * denominator));
};

export const isHigherPrice = (one: number, unit: PriceUnit, other: number, otherUnit: PriceUnit): boolean =>
  BigInt(one) * BigInt(unit.per) * BigInt(otherUnit.base) > BigInt(other) * BigInt(otherUnit.per) * BigInt(unit.base);

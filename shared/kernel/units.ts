import * as z from 'zod';
import { BASE_UNITS, MAX_QUANTITY, Quantity } from './quantity.ts';

type BaseUnitName = (typeof BASE_UNITS)[number];

const MAX_BASE_UNITS = BigInt(MAX_QUANTITY);
const baseUnitCount = z.int('a unit is so many whole base units').min(1).max(Number(MAX_BASE_UNITS));

/** Case does not matter. */
export const UnitName = z
  .string()
  .trim()
  .regex(/^(?=.{1,12}$)\p{L}[\p{L}\p{M}.]*( [\p{L}\p{M}.]+)*$/u, 'a unit is 1 to 12 letters, spaces or dots');

/** `base` base units are `per` of this unit: 1,000 gram are 1 kg, 25 pieces are 2 bundles. */
export const ItemUnit = z.strictObject({ unit: UnitName, base: baseUnitCount, per: baseUnitCount.default(1) });
export type ItemUnit = z.infer<typeof ItemUnit>;

const normalizeUnitName = (name: string): string => name.normalize('NFC').toLowerCase();
const hasUniqueUnitNames = (units: readonly ItemUnit[]): boolean =>
  new Set([...BASE_UNITS, ...units.map(({ unit }) => normalizeUnitName(unit))]).size ===
  BASE_UNITS.length + units.length;

export const ItemUnits = z
  .array(ItemUnit)
  .max(10)
  .refine(hasUniqueUnitNames, 'a unit is declared once, and a base unit never');

/** Digits are Latin or Devanagari. */
const MEASURE_PATTERN = /^([\d०-९]+)(?:\.([\d०-९]{1,6}))? ?(\p{L}[\p{L}\p{M}. ]*)$/u;

export const toLatinDigits = (text: string): string =>
  text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - '०'.charCodeAt(0)));
const MAX_DECIMALS = 6;

const MeasureText = z
  .string()
  .overwrite((text) => text.trim().replace(/\s+/g, ' '))
  .max(40, 'a measure is at most 40 characters')
  .regex(MEASURE_PATTERN, 'a measure is a number and a unit, such as 2.5 kg, with at most 6 decimals');

/** Base units, or text such as `2.5 kg` or `२.५ किग्रा`, stored as typed: the phone signed it. */
export const Measure = z.union([Quantity, MeasureText]);
export type Measure = z.infer<typeof Measure>;

export type UnitDefinitions = { readonly unit: BaseUnitName; readonly units: readonly ItemUnit[] };

/** True if people also use a larger unit, so that a bare number is ambiguous. Never for pieces. */
const needsUnit = ({ unit, units }: UnitDefinitions): boolean =>
  unit !== 'piece' && units.some(({ base, per }) => base > per);

/** For a live voucher: with the unit if a bare number is ambiguous. */
export const measureOf = (quantity: number, item: UnitDefinitions): Measure =>
  (needsUnit(item) ? `${quantity} ${item.unit}` : quantity) as Measure;

/** The first of two equal names counts. The base unit is last and cannot be redefined. */
const unitsByName = ({ unit: baseUnit, units }: UnitDefinitions): ReadonlyMap<string, ItemUnit> => {
  const named = new Map<string, ItemUnit>();
  const declared = units.filter(({ unit }) => normalizeUnitName(unit) !== baseUnit);
  for (const one of [...declared, { unit: baseUnit, base: 1, per: 1 }])
    if (!named.has(normalizeUnitName(one.unit))) named.set(normalizeUnitName(one.unit), one);
  return named;
};

/** By its name or by a Hindi one, unless the item declares that name itself. */
export const findUnit = (item: UnitDefinitions, name: string): ItemUnit | undefined => {
  const units = unitsByName(item);
  const asTyped = normalizeUnitName(name);
  return units.get(asTyped) ?? units.get(UNITS_BY_HINDI_NAME.get(asTyped.replaceAll('.', '')) ?? '');
};

/** Exact. If the result is not whole, the problem names the nearest measures. */
export const toBaseUnits = (measure: Measure, item: UnitDefinitions): { quantity: Quantity } | { problem: string } => {
  if (typeof measure === 'number') return { quantity: measure };
  const [, typedDigits, typedDecimals = '', name = ''] = MEASURE_PATTERN.exec(measure) ?? [];
  const digits = typedDigits && toLatinDigits(typedDigits);
  const decimals = toLatinDigits(typedDecimals);
  if (digits === undefined) return { problem: `'${measure}' is not a number and a unit, such as 2.5 kg` };
  const unit = findUnit(item, name);
  if (!unit)
    return { problem: `'${name}' is not a unit of this item; its units are ${unitNamesOf(unitsByName(item))}` };

  const over = BigInt(digits + decimals) * BigInt(unit.base);
  const under = 10n ** BigInt(decimals.length) * BigInt(unit.per);
  if (over === 0n) return { problem: `${measure} is nothing; the least is 1 ${item.unit}` };
  if (over > MAX_BASE_UNITS * under)
    return { problem: `${measure} is too much; the most is ${MAX_BASE_UNITS} ${item.unit}` };
  const below = over / under;
  if (below * under === over) return { quantity: Number(below) as Quantity };

  const nearest = [below, below + 1n].filter((quantity) => quantity > 0n).map((quantity) => write(quantity));
  const exactly = exactDecimal(over, under, 2 * MAX_DECIMALS);
  const is = exactly ? `is ${exactly} ${item.unit}` : `is not a whole number of ${item.unit}`;
  return { problem: `${measure} ${is}; the nearest ${nearest.length > 1 ? 'are' : 'is'} ${nearest.join(' and ')}` };

  function write(quantity: bigint): string {
    const inUnit = unit && exactDecimal(quantity * BigInt(unit.per), BigInt(unit.base), MAX_DECIMALS);
    return inUnit ? `${inUnit} ${unit.unit}` : `${quantity} ${item.unit}`;
  }
};

/**
 * In the largest unit with at least 1 and at most three decimals: `12.5 kg`, `730 gram`. `beside`
 * chooses the unit: `0.5 kg` of `6 kg`.
 */
export const formatQuantity = (quantity: Quantity, item: UnitDefinitions, beside = quantity): string => {
  const { number, unit } = toLargestUnit(quantity, item, beside);
  return `${number} ${unit}`;
};

/** In Hindi, if the unit has a Hindi name. */
export const formatQuantityHi = (quantity: Quantity, item: UnitDefinitions, beside = quantity): string => {
  const { number, unit } = toLargestUnit(quantity, item, beside);
  return `${number} ${unitNameHi(unit)}`;
};

/** The Hindi name, else the name itself. */
export const unitNameHi = (unit: string): string => HINDI_UNIT_NAMES.get(normalizeUnitName(unit)) ?? unit;

const HINDI_UNIT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    piece: 'नग',
    gram: 'ग्राम',
    millilitre: 'मिली',
    millimetre: 'मिमी',
    kg: 'किग्रा',
    quintal: 'क्विंटल',
    bundle: 'गट्ठर',
    litre: 'लीटर',
    metre: 'मीटर',
    'sq ft': 'वर्ग फुट',
  }),
);

/** Names that people use, without dots. */
const SPOKEN_UNIT_NAMES = {
  किलो: 'kg',
  किलोग्राम: 'kg',
  कुंतल: 'quintal',
  कुन्तल: 'quintal',
  पीस: 'piece',
  मिलीलीटर: 'millilitre',
  मिलीमीटर: 'millimetre',
};

const UNITS_BY_HINDI_NAME: ReadonlyMap<string, string> = new Map(
  [...[...HINDI_UNIT_NAMES].map(([unit, hindi]) => [hindi, unit] as const), ...Object.entries(SPOKEN_UNIT_NAMES)].map(
    ([hindi, unit]) => [normalizeUnitName(hindi), unit],
  ),
);

const toLargestUnit = (
  quantity: Quantity,
  item: UnitDefinitions,
  beside: Quantity,
): { readonly number: string; readonly unit: string } => {
  for (const { unit, base, per } of [...unitsByName(item).values()].toSorted(compareLargestFirst)) {
    const fits = BigInt(beside) * BigInt(per) >= BigInt(base);
    const number = fits && exactDecimal(BigInt(quantity) * BigInt(per), BigInt(base), 3);
    if (number) return { number, unit };
  }
  return { number: String(quantity), unit: item.unit };
};

const compareLargestFirst = (a: ItemUnit, b: ItemUnit): number => {
  const left = BigInt(a.base) * BigInt(b.per);
  const right = BigInt(b.base) * BigInt(a.per);
  return left > right ? -1 : left < right ? 1 : 0;
};

const unitNamesOf = (units: ReadonlyMap<string, ItemUnit>): string =>
  [...units.values()].map(({ unit }) => unit).join(', ');

/** A decimal of at most `places` digits, or `undefined` if it is not exact. */
const exactDecimal = (over: bigint, under: bigint, places: number): string | undefined => {
  const scaled = over * 10n ** BigInt(places);
  if (scaled % under !== 0n) return undefined;
  const digits = String(scaled / under).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
};

export const BilingualText = z.strictObject({ en: z.string(), hi: z.string() });

export type BilingualText = z.infer<typeof BilingualText>;

export const Language = z.enum(['hi', 'en'], 'a language is hi or en');

export type Language = z.infer<typeof Language>;

import { findUnit, type ItemUnit } from '../kernel/units.ts';
import type { DatedPrice, Item } from './item.ts';

/** `base` base units cost the price `per` times: a price per kg is for 1,000 gram once. */
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

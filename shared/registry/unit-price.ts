import { findUnit, type ItemUnit } from '../kernel/units.ts';
import type { DatedPrice, Item } from './item.ts';

/** Exactly `base` base units cost so much `per` times: a price per kg is for 1,000 gram once. */
export type PriceUnit = Pick<ItemUnit, 'base' | 'per'>;

/** What a price is for: the declared unit that it names, else one base unit. */
export const priceUnitOf = (
  { unit, units = [] }: Pick<Item, 'unit' | 'units'>,
  { per }: Pick<DatedPrice, 'per'>,
): PriceUnit => (per === undefined ? undefined : findUnit({ unit, units }, per)) ?? { base: 1, per: 1 };

/** Paise for so many base units at a price: exact, then rounded once, half up. More than 2^53 comes out as the nearest double: it is refused by its bound. */
export const amountFor = (quantity: number, price: number, { base, per }: PriceUnit): number => {
  const [over, under] = [BigInt(quantity) * BigInt(price) * BigInt(per), BigInt(base)];
  return Number((2n * over + under) / (2n * under));
};

/** Is one price higher than the other, each for its own unit? */
export const isHigherPrice = (one: number, unit: PriceUnit, other: number, otherUnit: PriceUnit): boolean =>
  BigInt(one) * BigInt(unit.per) * BigInt(otherUnit.base) > BigInt(other) * BigInt(otherUnit.per) * BigInt(unit.base);

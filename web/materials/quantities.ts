import type { ItemId } from '../../shared/kernel/ids.ts';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { formatQuantity, formatQuantityHi, type Measure, measureOf } from '../../shared/kernel/units.ts';
import type { Item } from '../../shared/registry/item.ts';
import { language } from '../app/texts.ts';

/** Base units of each item. */
export type Quantities = ReadonlyMap<ItemId, number>;

export type MeasuredItem = Pick<Item, 'name' | 'nameHi' | 'unit' | 'units'>;

/** `2.5 kg` or `2.5 किग्रा`. `beside` chooses the unit. */
export const quantityText = (quantity: number, item: MeasuredItem | undefined, beside = quantity): string => {
  if (!item) return String(quantity);
  const units = { unit: item.unit, units: item.units ?? [] };
  // A negative balance is written as its amount with a sign.
  const sign = quantity < 0 ? '−' : '';
  const format = language.value === 'hi' ? formatQuantityHi : formatQuantity;
  return sign + format(Math.abs(quantity) as Quantity, units, Math.abs(beside) as Quantity);
};

/** As `quantityText`; pieces are a bare number. */
export const shortQuantity = (quantity: number, item: MeasuredItem | undefined): string =>
  item?.unit === 'piece' ? String(quantity) : quantityText(quantity, item);

/** As a voucher states it. */
export const measured = (quantity: number, { unit, units = [] }: MeasuredItem): Measure | 0 =>
  quantity === 0 ? 0 : measureOf(quantity, { unit, units });

export const itemName = (item: MeasuredItem | undefined, id: string): string =>
  item ? (language.value === 'hi' ? item.nameHi : item.name) : id;

import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { type Measure, toBaseUnits } from '../kernel/units.ts';
import { amountFor, type Item, priceUnitOf } from '../registry/item.ts';

/** `field`: the figure of a line, such as `quantity` or `rejected`. */
export type LineQuantity = {
  readonly path: string;
  readonly field: string;
  readonly item: ItemId;
  readonly stated: Measure | 0;
};

export type StatedLine = {
  readonly item: ItemId;
  readonly quantity: Measure | 0;
  readonly rejected?: Measure | undefined;
  readonly invoiced?: Measure | undefined;
};

export const lineQuantities = (lines: readonly StatedLine[]): LineQuantity[] =>
  lines.flatMap(({ item, quantity, rejected, invoiced }, at) =>
    Object.entries({ quantity, rejected, invoiced }).flatMap(([field, stated]) =>
      stated === undefined ? [] : [{ path: `lines.${at}.${field}`, field, item, stated }],
    ),
  );

/** Undefined if not whole; another check refuses it. */
export const baseUnitsOf = (stated: Measure | 0, { unit, units = [] }: Item): number | undefined => {
  if (typeof stated === 'number') return stated;
  const converted = toBaseUnits(stated, { unit, units });
  return 'quantity' in converted ? converted.quantity : undefined;
};

/** Paise. `bound`: overrides the general limit. */
export type StatedAmount = { readonly path: string; readonly value: number; readonly bound?: number };

/** Limit of cost relative to the selling price. */
const MAX_COST_FACTOR = 10;

type CostLine = StatedLine & { readonly unitCost?: number | undefined; readonly cost?: number | undefined };

/** Each and in total. Skips lines without a cost or with an unknown item. */
export const statedCosts = (lines: readonly CostLine[], items: ReadonlyMap<ItemId, Item>): StatedAmount[] => {
  const costs = lines.flatMap((line, at) => costOf(line, at, items.get(line.item)) ?? []);
  return [...costs, { path: 'lines', value: sumOf(costs.map(({ value }) => value)) }];
};

const costOf = (line: CostLine, at: number, item: Item | undefined): StatedAmount | undefined => {
  const quantity = item && baseUnitsOf(line.quantity, item);
  if (!item || quantity === undefined) return undefined;
  const value = line.cost ?? (line.unitCost ?? 0) * quantity;
  if (value === 0) return undefined;
  const highestMrp = Math.max(
    ...item.prices.map((price) => amountFor(Math.max(1, quantity), price.mrp, priceUnitOf(item, price))),
  );
  const field = line.cost === undefined ? 'unitCost' : 'cost';
  return { path: `lines.${at}.${field}`, value, bound: MAX_COST_FACTOR * Math.max(1, highestMrp) };
};

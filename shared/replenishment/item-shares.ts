import type { ClosedSales } from '../day-close/day-close.ts';
import type { ItemId, ProductId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { outlierLimitOf } from './add-day-to-model.ts';

/** Base units that customers take as one piece. */
export const UNITS_PER_PIECE = { piece: 1, gram: 1_000, millilitre: 1_000, millimetre: 1_000 } as const;

export const SHARE_WINDOW_DAYS = 28;

type DaySales = ReadonlyMap<ItemId, number>;

/** Base units by item, without mistakes. */
export const daySalesOf = ({ items }: Pick<ClosedSales, 'items'>): DaySales =>
  new Map(items.map(({ item, sold, mistaken = 0 }) => [item, sold - mistaken]));

/** `mean`: base units a day that the shelf of all these items is expected to sell. */
type Shelf = { readonly items: readonly ItemId[]; readonly mean: number; readonly piece: number };

/**
 * How the demand for a product divides among its items at one outlet. Each item starts from one
 * piece, so shares are equal without sales. A day of an item counts at most the outlier limit L:
 * one odd day lowers another item's share s, of T counted in all, to at least s × T / (T + L).
 */
export const itemSharesOf = ({ items, mean, piece }: Shelf, days: readonly DaySales[]): DaySales => {
  const limit = outlierLimitOf(mean, piece);
  const counted = items.map(
    (item) => piece + sumOf(days.map((sold) => Math.min(limit, Math.max(0, sold.get(item) ?? 0)))),
  );
  const all = sumOf(counted);
  return new Map(items.map((item, at) => [item, (counted[at] ?? 0) / all]));
};

type SharedItem = { readonly product: ProductId; readonly unit: keyof typeof UNITS_PER_PIECE };

/** Groups of items that share a product. Any other item has its product's whole demand. */
export const itemsSharingProduct = (items: ReadonlyMap<ItemId, SharedItem>) =>
  [...Map.groupBy(items, ([, { product }]) => product)]
    .filter(([, same]) => same.length > 1)
    .map(([product, same]) => ({
      product,
      items: same.map(([item]) => item),
      piece: Math.max(...same.map(([, { unit }]) => UNITS_PER_PIECE[unit])),
    }));

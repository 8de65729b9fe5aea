import * as z from 'zod';
import { ProductId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

const sum = z.number().min(0);

/** Key, units sold, units expected; both discounted. */
export const ProductSums = z.tuple([ProductId, sum, sum]);
export const OutletSums = z.tuple([StockLocationId, sum, sum]);
export type ProductSums = z.infer<typeof ProductSums>;
export type OutletSums = z.infer<typeof OutletSums>;

export const OutletProducts = z.strictObject({ outlet: StockLocationId, products: z.array(ProductSums) });
export type OutletProducts = z.infer<typeof OutletProducts>;

/**
 * Sorted by key, so equal closes give equal bits in any order. About 6 KB per outlet with 200
 * products.
 */
export const DemandModel = z.strictObject({
  day: Day.optional(),
  days: z.int().min(0),
  /** Units sold and weighted shelf days. */
  products: z.array(ProductSums),
  /** Units sold and expected. */
  outlets: z.array(OutletSums),
  cells: z.array(OutletProducts),
  misses: z.strictObject({ squared: sum, expected: sum }),
});
export type DemandModel = z.infer<typeof DemandModel>;

export const EMPTY_DEMAND_MODEL: DemandModel = {
  days: 0,
  products: [],
  outlets: [],
  cells: [],
  misses: { squared: 0, expected: 0 },
};

import * as z from 'zod';
import { ProductId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

const sum = z.number().min(0);

/** Discounted units sold and expected, by key. */
export const ProductSums = z.tuple([ProductId, sum, sum]);
export const OutletSums = z.tuple([StockLocationId, sum, sum]);
export type ProductSums = z.infer<typeof ProductSums>;
export type OutletSums = z.infer<typeof OutletSums>;

/** One outlet's sums by product, stored separately per outlet. */
export const OutletProducts = z.strictObject({ outlet: StockLocationId, products: z.array(ProductSums) });
export type OutletProducts = z.infer<typeof OutletProducts>;

/**
 * Demand by the closes up to a day. Sorted by key, so equal closes give equal bits in any order of
 * arrival. About 6 KB per outlet with 200 products.
 */
export const DemandModel = z.strictObject({
  /** The last day included. */
  day: Day.optional(),
  days: z.int().min(0),
  /** Units sold and shelf days weighted by outlet: a product's general rate. */
  products: z.array(ProductSums),
  /** Units sold and expected: how busy an outlet is. */
  outlets: z.array(OutletSums),
  cells: z.array(OutletProducts),
  /** Squared errors and expectations of all cells: the dispersion. */
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

import * as z from 'zod';
import { ProductId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

const sum = z.number().min(0);

/** Under a key, what was sold and what was to be expected by then, each discounted day by day. */
export const ProductSums = z.tuple([ProductId, sum, sum]);
export const OutletSums = z.tuple([StockLocationId, sum, sum]);
export type ProductSums = z.infer<typeof ProductSums>;
export type OutletSums = z.infer<typeof OutletSums>;

/** One outlet's own, product by product; stored apart, it is all that a worker of that outlet needs beside the rest. */
export const OutletProducts = z.strictObject({ outlet: StockLocationId, products: z.array(ProductSums) });
export type OutletProducts = z.infer<typeof OutletProducts>;

/**
 * What the closes up to a day say of demand. Everything is in the order of its key, so that the same closes come to the same state to the bit,
 * in whatever order they came. Plain JSON; of 1,000 outlets and 200 products about 6 KB an outlet.
 */
export const DemandModel = z.strictObject({
  /** The last day that was folded. */
  day: Day.optional(),
  days: z.int().min(0),
  /** Sold, and days on the shelf weighted by outlet: how fast a product sells anywhere. */
  products: z.array(ProductSums),
  /** Sold, and what its products' paces expected: how much busier an outlet is. */
  outlets: z.array(OutletSums),
  cells: z.array(OutletProducts),
  /** Of all cells, squared misses and what was expected: how much wilder demand is than chance. */
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

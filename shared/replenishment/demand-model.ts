import * as z from 'zod';
import { ProductId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

const sum = z.number().min(0);

/** Key, units sold, units expected; both discounted. */
export const ProductSums = z.tuple([ProductId, sum, sum]);
export const OutletSums = z.tuple([StockLocationId, sum, sum]);
export type ProductSums = z.infer<typeof ProductSums>;
export type OutletSums = z.infer<typeof OutletSums>;

/**
 * As `ProductSums`, then the outlet's own part of the product's sums, so that others can be told
 * apart from it.
 */
export const CellSums = z.tuple([ProductId, sum, sum, sum, sum]);
export type CellSums = z.infer<typeof CellSums>;

export const OutletProducts = z.strictObject({ outlet: StockLocationId, products: z.array(CellSums) });
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
  /** Units sold and expected. Only outlets that have sold something: others lend no demand. */
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

/** By half-life. Literals, so that all machines compute equal bits. */
export const DECAY_HALF_LIFE_7_DAYS = 0.9057236642639067;

export const DECAY_HALF_LIFE_60_DAYS = 0.9885140203528962;

export const DECAY_HALF_LIFE_90_DAYS = 0.9923279462629435;

export type ModelParameters = {
  readonly decay: { readonly product: number; readonly outlet: number; readonly local: number };
  /** Weight of priors: `product` in shelf days, the others in units. */
  readonly weight: { readonly product: number; readonly outlet: number; readonly local: number };
  /** A multiple of expectation, at least some pieces. */
  readonly outlierLimit: { readonly times: number; readonly pieces: number };
  /** In days. Product rates are unreliable until then. */
  readonly warmUp: number;
};

/** Tuned by `npm run bench:restock`; see docs/adr/0015. */
export const MODEL_PARAMETERS: ModelParameters = {
  decay: { product: DECAY_HALF_LIFE_7_DAYS, outlet: DECAY_HALF_LIFE_60_DAYS, local: DECAY_HALF_LIFE_90_DAYS },
  weight: { product: 40, outlet: 20, local: 12 },
  outlierLimit: { times: 8, pieces: 4 },
  warmUp: 10,
};

/**
 * What is kept of a sum from one day to the next: half after so many days. Literals, and only multiplied, so that every machine and
 * every later version comes to the same bits.
 */
export const DECAY_HALF_LIFE_7_DAYS = 0.9057236642639067;
export const DECAY_HALF_LIFE_60_DAYS = 0.9885140203528962;
export const DECAY_HALF_LIFE_90_DAYS = 0.9923279462629435;

/** What is believed before anything was seen, and how fast what was seen is forgotten. */
export type ModelParameters = {
  /** What is kept of each sum from one day to the next. */
  readonly decay: { readonly product: number; readonly outlet: number; readonly local: number };
  /** How much the others count: all products against one, in days on the shelf; the average outlet, and what is expected of a cell, in units sold. */
  readonly weight: { readonly product: number; readonly outlet: number; readonly local: number };
  /** What one shelf's day counts for at most: so many times what was expected of it, and at least so many `piece`s of the product. */
  readonly outlierLimit: { readonly times: number; readonly pieces: number };
  /** Outlets and cells are learned after so many days, when the products' paces mean something. */
  readonly warmUp: number;
};

/** Tuned by `npm run bench:restock`; see docs/adr/0015. */
export const MODEL_PARAMETERS: ModelParameters = {
  decay: { product: DECAY_HALF_LIFE_7_DAYS, outlet: DECAY_HALF_LIFE_60_DAYS, local: DECAY_HALF_LIFE_90_DAYS },
  weight: { product: 40, outlet: 20, local: 12 },
  outlierLimit: { times: 8, pieces: 4 },
  warmUp: 10,
};

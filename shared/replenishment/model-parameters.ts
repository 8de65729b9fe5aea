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

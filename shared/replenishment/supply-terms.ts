/** Used if the registry has no lead days. */
export const DEFAULT_LEAD_DAYS = 7;

/** In days. `service`: share of demand met; see docs/adr/0015. */
export const OUTLET_TERMS = { review: 1, cover: 14, service: 0.95 } as const;

/** `ahead`: days from drawing material to selling its goods. Not measured; see docs/adr/0015. */
export const DEPOT_TERMS = { review: 1, cover: 30, times: 1.5, ahead: 14 } as const;

/** Used if the registry has no lead days. */
export const DEFAULT_LEAD_DAYS = 7;

/** Reviewed nightly, delivered for 14 days. `service`: share of demand met; see docs/adr/0015. */
export const OUTLET_TERMS = { review: 1, cover: 14, service: 0.95 } as const;

/**
 * Depots hold more, as issues are few and large. `ahead`: days from drawing material to selling its
 * goods, so depots prepare for festivals earlier. Not measured: see docs/adr/0015.
 */
export const DEPOT_TERMS = { review: 1, cover: 30, times: 1.5, ahead: 14 } as const;

/** Where the registry does not say how long goods take to come. */
export const DEFAULT_LEAD_DAYS = 7;

/** Looked at every night; a delivery is for two weeks. `service`: what part of what is wanted is to be there; see docs/adr/0015. */
export const OUTLET_TERMS = { review: 1, cover: 14, service: 0.95 } as const;

/**
 * A depot is stocked for longer, and for half as much again as is issued meanwhile: issues are few and large. `ahead`: what is drawn today is made, sent and
 * sold so many days later, so that a depot has a festival before the stalls do. Neither is measured: see docs/adr/0015.
 */
export const DEPOT_TERMS = { review: 1, cover: 30, times: 1.5, ahead: 14 } as const;

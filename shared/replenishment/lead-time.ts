import { dayOf, type Instant } from '../kernel/time.ts';

/** `receivedAt` is absent in transit. */
export type Trip = { readonly dispatchedAt: Instant; readonly receivedAt?: Instant };

/** The registered days count as 4 more trips. */
const RECENT_TRIPS = 20;
const DEFAULT_TRIPS = 4;
const LEAD_TIME_QUANTILE = 0.8;
const MAX_LEAD_DAYS = 366;

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/** IST days, at least 1. */
export const tripDays = (dispatchedAt: Instant, receivedAt: Instant): number =>
  Math.min(
    MAX_LEAD_DAYS,
    Math.max(1, Math.round((Date.parse(dayOf(receivedAt)) - Date.parse(dayOf(dispatchedAt))) / MILLISECONDS_PER_DAY)),
  );

/**
 * Late delivery costs more than early. The registry counts as four trips, so one lost parcel does
 * not decide.
 */
export const leadDaysOf = (trips: readonly Trip[], registered: number, now: Instant): number => {
  const latest = trips
    .toSorted((one, other) => (one.dispatchedAt < other.dispatchedAt ? 1 : -1))
    .slice(0, RECENT_TRIPS);
  const tripLengths = latest
    .map(({ dispatchedAt, receivedAt }) => ({
      days: tripDays(dispatchedAt, receivedAt ?? now),
      came: receivedAt !== undefined,
    }))
    .filter(({ days, came: isReceived }) => isReceived || days > registered)
    .map(({ days }) => days);
  const all = [...tripLengths, ...Array<number>(DEFAULT_TRIPS).fill(registered)].sort((one, other) => one - other);
  return all[Math.ceil(all.length * LEAD_TIME_QUANTILE) - 1] ?? registered;
};

/** Used if the registry has no lead days. */
export const DEFAULT_LEAD_DAYS = 7;

/** In days. `serviceLevel`: share of demand met; see docs/adr/0015. */
export const OUTLET_TERMS = { reviewDays: 1, coverDays: 14, serviceLevel: 0.95 } as const;

/** `aheadDays`: days from drawing material to selling goods. Not measured; see docs/adr/0015. */
export const DEPOT_TERMS = { reviewDays: 1, coverDays: 30, safetyFactor: 1.5, aheadDays: 14 } as const;

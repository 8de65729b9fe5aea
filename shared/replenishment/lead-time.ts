import { dayOf, type Instant } from '../kernel/time.ts';

/** One dispatch on a route; without `receivedAt` it is still on its way. */
export type Trip = { readonly dispatchedAt: Instant; readonly receivedAt?: Instant };

/** So many of the last trips are looked at, and the registry's days count as so many trips more. */
const RECENT_TRIPS = 20;
const DEFAULT_TRIPS = 4;
const LEAD_TIME_QUANTILE = 0.8;
const MAX_LEAD_DAYS = 366;

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/** IST days from dispatch to receipt, at least one. */
export const tripDays = (dispatchedAt: Instant, receivedAt: Instant): number =>
  Math.min(
    MAX_LEAD_DAYS,
    Math.max(1, Math.round((Date.parse(dayOf(receivedAt)) - Date.parse(dayOf(dispatchedAt))) / MILLISECONDS_PER_DAY)),
  );

/**
 * The days that four trips of five take. Not their mean: the plan takes the lead as certain, and a late delivery costs sales where an early one costs a piece on the shelf.
 * Not the longest: one lost parcel is not the route. The registry's days count as four trips, so that one slow trip changes nothing, two do, and a fast route is believed
 * after sixteen. What is on its way longer than that says so already; what left lately says nothing yet.
 */
export const leadDaysOf = (trips: readonly Trip[], registered: number, now: Instant): number => {
  const latest = trips
    .toSorted((one, other) => (one.dispatchedAt < other.dispatchedAt ? 1 : -1))
    .slice(0, RECENT_TRIPS);
  const taken = latest
    .map(({ dispatchedAt, receivedAt }) => ({
      days: tripDays(dispatchedAt, receivedAt ?? now),
      came: receivedAt !== undefined,
    }))
    .filter(({ days, came }) => came || days > registered)
    .map(({ days }) => days);
  const all = [...taken, ...Array<number>(DEFAULT_TRIPS).fill(registered)].sort((one, other) => one - other);
  return all[Math.ceil(all.length * LEAD_TIME_QUANTILE) - 1] ?? registered;
};

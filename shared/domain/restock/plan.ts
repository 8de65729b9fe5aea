import { quantile } from './negative-binomial.ts';
import type { Pace } from './pace.ts';

/** Days and a probability. `lead`: from dispatch to receipt; `review`: between two looks; `cover`: how many days one delivery is for. */
export type Terms = {
  readonly lead: number;
  readonly review: number;
  readonly cover: number;
  /** How surely what is there lasts until more has come. */
  readonly service: number;
};

/** In whole base units: at or below the first, enough is sent that the second is there or on its way. */
export type Plan = { readonly reorderPoint: number; readonly target: number };

const MOST = 100_000_000;
const sane = (x: number): number => (x > 0 ? Math.min(x, MOST) : 0);

/** What the pace and the days come to. What is not known of the pace widens the spread, so that what is new is kept a little higher. */
export const planOf = (pace: Pick<Pace, 'mean' | 'known' | 'dispersion'>, terms: Terms): Plan => {
  const mean = sane(pace.mean);
  const demand = sane(mean * (sane(terms.lead) + sane(terms.review)));
  const variance = Math.max(1, sane(pace.dispersion)) * demand + demand ** 2 / Math.max(1e-6, sane(pace.known));
  const reorderPoint = quantile(demand, variance, terms.service);
  return { reorderPoint, target: reorderPoint + Math.max(1, Math.round(sane(mean * sane(terms.cover)))) };
};

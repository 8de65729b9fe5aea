import { incompleteBeta } from './incomplete-beta.ts';

/** In base units. */
const MAX_QUANTITY = 100_000_000;
/** A smaller excess of variance counts as Poisson. */
const MIN_EXCESS = 1e-9;
/** Beyond this, bisect the incomplete beta function. */
const MAX_TERMS = 2_000;
/** A higher probability needs unlimited stock. */
const MAX_PROBABILITY = 1 - 1e-9;

const clamp = (least: number, x: number, most: number): number =>
  Number.isNaN(x) ? least : Math.min(most, Math.max(least, x));

/**
 * The smallest stock that meets demand with this probability. An integer from 0 to 100 million.
 * Rises with probability, but not always with variance.
 */
export const negativeBinomialQuantile = (mean: number, variance: number, probability: number): number => {
  const m = clamp(0, mean, MAX_QUANTITY);
  const p = clamp(0, probability, MAX_PROBABILITY);
  if (m === 0 || p === 0) return 0;
  const excess = clamp(MIN_EXCESS, variance / m - 1, MAX_QUANTITY);
  return quantileByTerms(m, excess, p) ?? quantileByBisection(m, excess, p);
};

/** Undefined if terms are too many or the first underflows. */
const quantileByTerms = (m: number, excess: number, p: number): number | undefined => {
  const size = m / excess;
  const odds = excess / (1 + excess);
  let term = Math.exp(-size * Math.log1p(excess));
  if (term < 1e-290) return undefined;
  let sum = term;
  for (let n = 0; n < MAX_TERMS; n++) {
    if (sum >= p) return n;
    term *= ((size + n) / (n + 1)) * odds;
    sum += term;
  }
  return undefined;
};

/** Cantelli's inequality gives the bounds. */
const quantileByBisection = (m: number, excess: number, p: number): number => {
  const deviation = Math.sqrt(m * (1 + excess));
  let low = Math.max(0, Math.floor(m - deviation * Math.sqrt((1 - p) / p)) - 1);
  let high = Math.min(MAX_QUANTITY, Math.ceil(m + deviation * Math.sqrt(p / (1 - p))) + 1);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cumulativeProbability(middle, m, excess) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
};

const cumulativeProbability = (n: number, m: number, excess: number): number =>
  incompleteBeta(m / excess, n + 1, 1 / (1 + excess), excess / (1 + excess));

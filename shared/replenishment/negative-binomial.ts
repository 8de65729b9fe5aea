import { incompleteBeta } from './incomplete-beta.ts';

/** A quantity is at most 100 million base units, and so is what is planned of it. */
const MAX_QUANTITY = 100_000_000;
/** Below this excess of the variance over the mean it is Poisson for every purpose here. */
const MIN_EXCESS = 1e-9;
/** More terms than this are not added up: the incomplete beta function finds the place. */
const MAX_TERMS = 2_000;
/** Beyond, a probability is as good as certain, and no stock would be enough. */
const MAX_PROBABILITY = 1 - 1e-9;

const clamp = (least: number, x: number, most: number): number =>
  Number.isNaN(x) ? least : Math.min(most, Math.max(least, x));

/**
 * The smallest n for which a demand of this mean and variance is at most n with this probability: negative binomial, Poisson where the
 * variance is not above the mean. A whole number from 0 to 100 million, whatever is asked. It rises with the probability. More variance
 * at one mean does not always raise it: what comes seldom and in heaps comes on fewer days.
 */
export const negativeBinomialQuantile = (mean: number, variance: number, probability: number): number => {
  const m = clamp(0, mean, MAX_QUANTITY);
  const p = clamp(0, probability, MAX_PROBABILITY);
  if (m === 0 || p === 0) return 0;
  const excess = clamp(MIN_EXCESS, variance / m - 1, MAX_QUANTITY);
  return quantileByTerms(m, excess, p) ?? quantileByBisection(m, excess, p);
};

/** Each term from the one before it, from 0 up; undefined where that is too far or the first is too small for a double. */
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

/** Cantelli's inequality says between which two numbers it lies, whatever the distribution. */
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negativeBinomialQuantile } from '../../shared/replenishment/negative-binomial.ts';
import { runs } from '../kit/runs.ts';
import { PROBABILITIES, QUANTILES } from './quantiles.ts';

const MOST = 100_000_000;

const means = fc.oneof(fc.double({ min: 0.001, max: 30, noNaN: true }), fc.double({ min: 30, max: 1e6, noNaN: true }));

const probabilities = fc.double({ min: 0.001, max: 0.9999, noNaN: true });

describe('Quantile of a negative binomial', () => {
  it(`It equals another method's, in ${QUANTILES.length} rows.`, () => {
    const ours = QUANTILES.map(([mean, variance]) => [
      mean,
      variance,
      PROBABILITIES.map((p) => negativeBinomialQuantile(mean, variance, p)),
    ]);
    expect(ours).toEqual(QUANTILES);
  });

  it('It is a whole number from 0 to 100 million for any input.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(anything, anything, anything, (mean, variance, p) => {
        const n = negativeBinomialQuantile(mean, variance, p);
        expect(Number.isInteger(n) && n >= 0 && n <= MOST).toBe(true);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('Without demand it is zero, and with certainty it ends.', () => {
    expect(negativeBinomialQuantile(0, 0, 0.99)).toBe(0);
    expect(negativeBinomialQuantile(2, 2, 1)).toBe(negativeBinomialQuantile(2, 2, 1 - 1e-9));
  });

  it('It rises with the probability.', () => {
    fc.assert(
      fc.property(means, shapes, probabilities, probabilities, (mean, shape, one, other) => {
        expect(planned(mean, shape, Math.max(one, other))).toBeGreaterThanOrEqual(
          planned(mean, shape, Math.min(one, other)),
        );
      }),
    );
  });

  it("It rises with the mean, at the plan's spread.", () => {
    fc.assert(
      fc.property(means, means, shapes, probabilities, (one, other, shape, p) => {
        expect(planned(Math.max(one, other), shape, p)).toBeGreaterThanOrEqual(planned(Math.min(one, other), shape, p));
      }),
    );
  });

  it('It rises with the spread for real demand, and falls for rare demand in heaps.', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 3, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 0.25, noNaN: true }),
        fc.double({ min: 0, max: 0.25, noNaN: true }),
        fc.double({ min: 0.89, max: 0.9999, noNaN: true }),
        (mean, one, other, p) => {
          const at = (wildness: number) => negativeBinomialQuantile(mean, mean + wildness * mean ** 2, p);
          expect(at(Math.max(one, other))).toBeGreaterThanOrEqual(at(Math.min(one, other)));
        },
      ),
    );
    expect([negativeBinomialQuantile(0.06, 0.06, 0.95), negativeBinomialQuantile(0.06, 0.2, 0.95)]).toEqual([1, 0]);
  });
});

const anything = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 20 }),
  fc.double({ min: 0, max: 1e9 }),
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    5e-324,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ),
);

const shapes = fc.record({
  dispersion: fc.double({ min: 1, max: 5, noNaN: true }),
  known: fc.double({ min: 1, max: 500, noNaN: true }),
});

const planned = (mean: number, { dispersion, known }: { dispersion: number; known: number }, p: number): number =>
  negativeBinomialQuantile(mean, dispersion * mean + mean ** 2 / known, p);

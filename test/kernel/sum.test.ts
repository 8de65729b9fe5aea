/** @module-tag property */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { averageCostAfter, valueAtAverage } from '../../shared/day-close/average-cost.ts';
import { fromExactJson, toExactJson } from '../../shared/kernel/json.ts';
import { addUp, divide, multiply, NonNegativeSum, parseNumber, Sum, subtract, toSum } from '../../shared/kernel/sum.ts';
import { runs } from '../kit/runs.ts';

/** DynamoDB keeps 38 digits. */
const MOST = 10n ** 38n - 1n;
const whole = fc.oneof(fc.bigInt({ min: -MOST, max: MOST }), fc.bigInt({ min: -100n, max: 100n }));
const sum = whole.map(toSum);
const holds = <Values>(property: fc.IRawProperty<Values>) => fc.assert(property, { numRuns: runs(500) });

it('Sums are exact in any order, and equal sums have one type.', () => {
  holds(
    fc.property(fc.array(whole, { maxLength: 20 }), (all) => {
      const truth = all.reduce((total, one) => total + one, 0n);
      expect(addUp(all.map(toSum))).toBe(toSum(truth));
      expect(addUp(all.map(toSum).reverse())).toBe(toSum(truth));
    }),
  );
});

it('A difference, a product and a rounded quotient are exact.', () => {
  holds(
    fc.property(sum, sum, fc.bigInt({ min: 1n, max: MOST }), (one, other, under) => {
      expect(subtract(one, other)).toBe(toSum(BigInt(one) - BigInt(other)));
      expect(multiply(one, other)).toBe(toSum(BigInt(one) * BigInt(other)));
      // Half up: within half a unit, and never half a unit above.
      const off = 2n * (BigInt(divide(one, toSum(under))) * under - BigInt(one));
      expect(off > -under && off <= under).toBe(true);
    }),
  );
});

it('A small quotient rounds as Math.round does.', () => {
  holds(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e3 }), (over, under) => {
      expect(divide(over, under)).toBe(Math.round(over / under) || 0);
    }),
  );
});

it("A sum survives JSON and DynamoDB's number format unchanged.", () => {
  holds(
    fc.property(sum, (one) => {
      expect(toExactJson({ one })).toBe(`{"one":${one}}`);
      expect(fromExactJson(toExactJson({ of: [one] }))).toEqual({ of: [one] });
      expect(parseNumber(String(one))).toBe(one);
      expect(Sum.parse(one)).toBe(one);
      expect(NonNegativeSum.safeParse(one).success).toBe(one >= 0);
    }),
  );
  expect(['1.5', '1.23E+20', '-4E+25', '1E-7'].map(parseNumber)).toEqual([
    1.5,
    123_000_000_000_000_000_000n,
    -(4n * 10n ** 25n),
    1e-7,
  ]);
});

it('A fraction, an inexact number and a needless bigint are refused as sums.', () => {
  for (const wrong of [0.5, 2 ** 53, Number.NaN, 5n, '5', null]) expect(Sum.safeParse(wrong).success).toBe(false);
});

it('The average and the value of the largest receipt are exact.', () => {
  const [quantity, unitCost] = [100_000_000, 1_000_000_000_000];
  const average = averageCostAfter({ onHand: 0, average: 0 }, { quantity, cost: multiply(quantity, unitCost) });
  expect(average).toBe(1_000 * unitCost);
  expect(valueAtAverage(average, quantity)).toBe(10n ** 20n);
  expect(averageCostAfter({ onHand: quantity, average }, { quantity: 1, cost: 0 })).toBe(999_999_990_000_000);
});

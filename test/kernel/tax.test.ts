/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PAISE, Paise } from '../../shared/kernel/quantity.ts';
import { amountWithTax, extractTax, LineTax } from '../../shared/kernel/tax.ts';
import { runs } from '../kit/runs.ts';

const amounts = fc
  .oneof(fc.integer({ min: 0, max: MAX_PAISE }), fc.integer({ min: 0, max: 2_000 }), fc.constant(MAX_PAISE))
  .map((amount) => Paise.parse(amount));
const rates = fc.oneof(
  fc.constantFrom(0, 25, 150, 300, 500, 1200, 1800, 2800, 4000),
  fc.integer({ min: 0, max: 4000 }),
);

const times = { numRuns: runs(2_000) };

describe('Tax inside an amount, computed by hand', () => {
  it.each`
    amount       | rate    | taxable            | half               | why
    ${0}         | ${500}  | ${0}               | ${0}               | ${'nothing has no tax'}
    ${21}        | ${500}  | ${19}              | ${1}               | ${'exactly half a paisa rounds up'}
    ${20}        | ${500}  | ${20}              | ${0}               | ${'a little less rounds down'}
    ${100}       | ${25}   | ${100}             | ${0}               | ${'0.12 of a paisa rounds down'}
    ${40_100}    | ${25}   | ${40_000}          | ${50}              | ${'401 rupees at 0.25 %'}
    ${99}        | ${1200} | ${89}              | ${5}               | ${'5.30 rounds down'}
    ${10_500}    | ${500}  | ${10_000}          | ${250}             | ${'105 rupees at 5 %'}
    ${11_800}    | ${1800} | ${10_000}          | ${900}             | ${'118 rupees at 18 %'}
    ${89_900}    | ${500}  | ${85_620}          | ${2_140}           | ${'2140.48 rounds down'}
    ${179_800}   | ${500}  | ${171_238}         | ${4_281}           | ${'4280.95 rounds up'}
    ${MAX_PAISE} | ${4000} | ${714_285_714_286} | ${142_857_142_857} | ${'the most, at the highest rate'}
  `('$amount paise at $rate basis points: $why', ({ amount, rate, taxable, half }) => {
    expect(extractTax(amount, rate)).toEqual({ gstBasisPoints: rate, taxable, cgst: half, sgst: half });
  });
});

describe('For any amount and rate', () => {
  it('Taxable value, CGST and SGST add up to the amount, and CGST equals SGST.', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const { taxable, cgst, sgst } = LineTax.parse(extractTax(amount, rate));
        expect(taxable + cgst + sgst).toBe(amount);
        expect(cgst).toBe(sgst);
      }),
      times,
    );
  });

  it('IGST and taxable value add up to the amount, a paisa at most from CGST and SGST.', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const { taxable, cgst, sgst, igst = -1 } = LineTax.parse(extractTax(amount, rate, true));
        expect([taxable + igst, cgst, sgst]).toEqual([amount, 0, 0]);
        expect(amountWithTax(extractTax(amount, rate, true))).toBe(amount);
        expect(Math.abs(igst - 2 * extractTax(amount, rate).cgst)).toBeLessThanOrEqual(1);
      }),
      times,
    );
  });

  it('Each half is the exact quotient, rounded half up.', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const exact = { over: BigInt(amount) * BigInt(rate), by: 2n * BigInt(10_000 + rate) };
        const twiceOff = 2n * (BigInt(extractTax(amount, rate).cgst) * exact.by - exact.over);
        expect(twiceOff > -exact.by && twiceOff <= exact.by).toBe(true);
      }),
      times,
    );
  });

  it('A larger amount or rate never has less tax.', () => {
    fc.assert(
      fc.property(amounts, amounts, rates, rates, (a, b, r, s) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((amount) => Paise.parse(amount)) as [Paise, Paise];
        expect(extractTax(less, r).cgst).toBeLessThanOrEqual(extractTax(more, r).cgst);
        expect(extractTax(a, Math.min(r, s)).cgst).toBeLessThanOrEqual(extractTax(a, Math.max(r, s)).cgst);
      }),
      times,
    );
  });

  it('A rate of zero leaves the amount as it is.', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(extractTax(amount, 0)).toEqual({ gstBasisPoints: 0, taxable: amount, cgst: 0, sgst: 0 });
      }),
    );
  });
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { GST_STATES, Gstin, gstinCheckDigit, gstinProblemOf, SellerGstin } from '../../shared/kernel/gstin.ts';

const complete = (first14: string): string => first14 + gstinCheckDigit(first14);

it.each(['27AAPFU0939F1ZV', '29AAGCB7383J1Z4'])('The published GSTIN %s is right.', (gstin) => {
  expect(gstinProblemOf(gstin)).toBeUndefined();
});

it.each([
  ['a taxpayer', '09XXXZB0001X1Z'],
  ['a taxpayer with a check digit 0', '09XXXZQ0900X1Z'],
  ['a tenth registration of one PAN', '09XXXZB0001XAZ'],
  ['a taxpayer of Ladakh', '38AAPFU0939F1Z'],
  ['a taxpayer of no State', '97AAPFU0939F1Z'],
  ['a government department', '09LKNA12345B1Z'],
  ['a tax deductor', '09LKNA12345B1D'],
  ['a collector of tax', '29AAPFU0939F1C'],
  ['an embassy', '0717USA00123UN'],
  ['a body of the UN', '0717UNO00123ON'],
  ['a person abroad', '0717USA00123NR'],
  ['an online service abroad', '9917USA00123OS'],
])('The GSTIN of %s is accepted.', (_who, first14) => {
  expect(gstinProblemOf(complete(first14))).toBeUndefined();
});

it.each([
  ['27AAPFU0939F1ZO', 'the check digit of this GSTIN is V: compare it with the certificate'],
  [complete('39AAPFU0939F1Z'), 'no State has the code 39'],
  ['27AAPFU0939F1Z', 'a GSTIN is 15 characters, such as 09 and a PAN and three more'],
  ['27aapfu0939f1zv', 'a GSTIN is 15 characters, such as 09 and a PAN and three more'],
])('%s is refused.', (text, problem) => {
  expect(Gstin.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([problem]);
});

it('Any one wrong character is found.', () => {
  const letters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  fc.assert(
    fc.property(fc.nat(14), fc.constantFrom(...letters), (at, letter) => {
      const gstin = '27AAPFU0939F1ZV';
      const mistyped = gstin.slice(0, at) + letter + gstin.slice(at + 1);
      expect(gstinProblemOf(mistyped) === undefined).toBe(mistyped === gstin);
    }),
  );
});

it('A seller is a taxpayer or a department of Uttar Pradesh.', () => {
  const accepted = ['09XXXZB0001X1Z', '09LKNA12345B1Z', '27AAPFU0939F1Z', '09LKNA12345B1D', '0917USA00123UN'].map(
    (first14) => SellerGstin.safeParse(complete(first14)).success,
  );
  expect(accepted).toEqual([true, true, false, false, false]);
});

it('Each State has its name in two languages.', () => {
  const names = Object.values(GST_STATES).flatMap(({ en, hi }) => [en, hi]);
  expect(new Set(names).size).toBe(2 * Object.keys(GST_STATES).length);
});

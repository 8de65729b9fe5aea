import * as z from 'zod';

/** Base units in one line: 100 tonnes in grams. */
export const MAX_QUANTITY = 100_000_000;

/** The quantity of one line in whole base units. Sums may be larger. */
export const Quantity = z
  .int('a quantity is a whole number of base units')
  .min(1, 'a quantity is at least 1')
  .max(MAX_QUANTITY, {
    error: ({ input }) =>
      isBarcode(Number(input)) ? barcodeQuantityMessage(Number(input)) : 'a quantity is at most 100,000,000',
  })
  .brand('Quantity');
export type Quantity = z.infer<typeof Quantity>;

/** 1,000 crore rupees. An amount times a tax rate stays an exact double. */
export const MAX_PAISE = 1_000_000_000_000;

const paise = z.int('money is whole paise').max(MAX_PAISE, 'money is at most 1,000 crore rupees');

export const Paise = paise.min(0, 'money is not below 0').brand('Paise');
export type Paise = z.infer<typeof Paise>;

/** Negative: a receipt or a count is outstanding. */
export const Balance = z.int().brand('Balance');
export type Balance = z.infer<typeof Balance>;

/** Number of writes of a row, from 1. */
export const Version = z.int().min(1).brand('Version');
export type Version = z.infer<typeof Version>;

export const BASE_UNITS = ['piece', 'gram', 'millilitre', 'millimetre'] as const;
export const BaseUnit = z.enum(BASE_UNITS);

export const sumOf = (numbers: Iterable<number>): number => {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
};

/** Digits of GTIN-8, -12, -13 and -14 (GS1). */
const GTIN_LENGTHS: readonly number[] = [8, 12, 13, 14];

/** Checks the GS1 check digit: weights 3 and 1 from the right. */
export const isBarcode = (number: number): boolean => {
  const digits = [...String(number)].map(Number);
  if (!GTIN_LENGTHS.includes(digits.length) || digits.some(Number.isNaN)) return false;
  const sum = digits.toReversed().reduce((all, digit, at) => all + digit * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
};

export const barcodeQuantityMessage = (number: number): string =>
  `${number} is a barcode, not a quantity: put the barcode's item into the line, and say how many`;

import * as z from 'zod';
import { barcodeQuantityMessage, isBarcode } from './barcode.ts';

/** The most of one line, in base units: a hundred tonnes in grams. */
export const MAX_QUANTITY = 100_000_000;

/** Whole base units (piece, gram, millilitre, millimetre), 1 to 100 million. A bound of one line, not of what many lines come to. */
export const Quantity = z
  .int('a quantity is a whole number of base units')
  .min(1, 'a quantity is at least 1')
  .max(MAX_QUANTITY, {
    error: ({ input }) =>
      isBarcode(Number(input)) ? barcodeQuantityMessage(Number(input)) : 'a quantity is at most 100,000,000',
  })
  .brand('Quantity');
export type Quantity = z.infer<typeof Quantity>;

/** Whole paise, up to 1,000 crore rupees: any product with a tax rate stays an exact double. */
export const MAX_PAISE = 1_000_000_000_000;

const paise = z.int('money is whole paise').max(MAX_PAISE, 'money is at most 1,000 crore rupees');

export const Paise = paise.min(0, 'money is not below 0').brand('Paise');
export type Paise = z.infer<typeof Paise>;

/** What is on hand or free may be below zero: the book then awaits a receipt or a count. */
export const Balance = z.int().brand('Balance');
export type Balance = z.infer<typeof Balance>;

/** How many times a row was written: 1 the first time. */
export const Version = z.int().min(1).brand('Version');
export type Version = z.infer<typeof Version>;

export const BASE_UNITS = ['piece', 'gram', 'millilitre', 'millimetre'] as const;
export const BaseUnit = z.enum(BASE_UNITS);

export const sumOf = (numbers: Iterable<number>): number => Iterator.from(numbers).reduce((sum, n) => sum + n, 0);

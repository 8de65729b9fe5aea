import * as z from 'zod';
import { Paise } from './quantity.ts';
import { NonNegativeSum } from './sum.ts';

/** Hundredths of a percent: 500 is 5 %. Every legal rate is whole (0.25 % is 25). */
export const GstBasisPoints = z.int().min(0).max(4000, 'a GST rate is at most 40 %, which is 4000');
export type GstBasisPoints = z.infer<typeof GstBasisPoints>;

/** Taxable value and taxes are the amount, to the paisa. `igst`: in place of the others. */
export const LineTax = z.strictObject({
  gstBasisPoints: GstBasisPoints,
  taxable: Paise,
  cgst: Paise,
  sgst: Paise,
  igst: Paise.optional(),
});
export type LineTax = z.infer<typeof LineTax>;

export const TaxSum = z.strictObject({
  gstBasisPoints: GstBasisPoints,
  taxable: NonNegativeSum,
  cgst: NonNegativeSum,
  sgst: NonNegativeSum,
  igst: NonNegativeSum.optional(),
});
export type TaxSum = z.infer<typeof TaxSum>;

/**
 * The tax included in an amount. CGST and SGST are equal by law (section 9); IGST is their sum
 * (IGST section 5). Each is rounded half up; `taxable` is the rest.
 */
export const extractTax = (amount: Paise, gstBasisPoints: GstBasisPoints, isInterState = false): LineTax => {
  if (isInterState) {
    const base = 10_000 + gstBasisPoints;
    const igst = Math.floor((2 * amount * gstBasisPoints + base) / (2 * base)) as Paise;
    return { gstBasisPoints, taxable: (amount - igst) as Paise, cgst: 0 as Paise, sgst: 0 as Paise, igst };
  }
  const divisor = 2 * (10_000 + gstBasisPoints);
  const half = Math.floor((2 * amount * gstBasisPoints + divisor) / (2 * divisor)) as Paise;
  return { gstBasisPoints, taxable: (amount - 2 * half) as Paise, cgst: half, sgst: half };
};

/** Paise with tax. */
export const amountWithTax = ({ taxable, cgst, sgst, igst = 0 as Paise }: LineTax): Paise =>
  (taxable + cgst + sgst + igst) as Paise;

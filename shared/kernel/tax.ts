import * as z from 'zod';
import { Paise } from './quantity.ts';
import { NonNegativeSum } from './sum.ts';

/** Hundredths of a percent: 500 is 5 %. Every legal rate is whole (0.25 % is 25). */
export const GstBasisPoints = z.int().min(0).max(4000, 'a GST rate is at most 40 %, which is 4000');
export type GstBasisPoints = z.infer<typeof GstBasisPoints>;

/** `taxable + cgst + sgst` is the amount, to the paisa. */
export const LineTax = z.strictObject({ gstBasisPoints: GstBasisPoints, taxable: Paise, cgst: Paise, sgst: Paise });
export type LineTax = z.infer<typeof LineTax>;

export const TaxSum = z.strictObject({
  gstBasisPoints: GstBasisPoints,
  taxable: NonNegativeSum,
  cgst: NonNegativeSum,
  sgst: NonNegativeSum,
});
export type TaxSum = z.infer<typeof TaxSum>;

/**
 * The tax included in an amount. CGST and SGST are equal by law (section 9). Each is rounded half
 * up; `taxable` is the rest. Every sale is within UP, so there is no IGST.
 */
export const extractTax = (amount: Paise, gstBasisPoints: GstBasisPoints): LineTax => {
  const divisor = 2 * (10_000 + gstBasisPoints);
  const half = Math.floor((2 * amount * gstBasisPoints + divisor) / (2 * divisor)) as Paise;
  return { gstBasisPoints, taxable: (amount - 2 * half) as Paise, cgst: half, sgst: half };
};

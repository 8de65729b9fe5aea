import * as z from 'zod';
import { Paise } from './quantity.ts';
import { NonNegativeSum } from './sum.ts';

/** GST in hundredths of a percent: 5 % is 500. All rates in law are whole in it (0.25 % is 25). */
export const GstBasisPoints = z.int().min(0).max(4000, 'a GST rate is at most 40 %, which is 4000');
export type GstBasisPoints = z.infer<typeof GstBasisPoints>;

/** GST of one line whose amount includes it. `amount = taxable + cgst + sgst`, to the paisa. */
export const LineTax = z.strictObject({ gstBasisPoints: GstBasisPoints, taxable: Paise, cgst: Paise, sgst: Paise });
export type LineTax = z.infer<typeof LineTax>;

/** The tax of many lines of one rate. */
export const TaxSum = z.strictObject({
  gstBasisPoints: GstBasisPoints,
  ...{ taxable: NonNegativeSum, cgst: NonNegativeSum, sgst: NonNegativeSum },
});
export type TaxSum = z.infer<typeof TaxSum>;

/**
 * The tax inside an amount. CGST and SGST are equal by law (section 9, half the rate each), so the half is what is rounded, half up;
 * the taxable value takes what remains. A stall sells over the counter in UP: the supply is always inside the state, never IGST.
 */
export const extractTax = (amount: Paise, gstBasisPoints: GstBasisPoints): LineTax => {
  const divisor = 2 * (10_000 + gstBasisPoints);
  const half = Math.floor((2 * amount * gstBasisPoints + divisor) / (2 * divisor)) as Paise;
  return { gstBasisPoints, taxable: (amount - 2 * half) as Paise, cgst: half, sgst: half };
};

import * as z from 'zod';
import { Skew } from '../kernel/voucher-number.ts';

const ClockUncertainty = z.int().min(0);

/**
 * How a voucher came in: `live`, or `captured` earlier without a link or on paper. `goodsInHand`:
 * the seller holds the goods. `skew`: milliseconds that the device's clock was behind. `within`:
 * its largest error. `asked`: checked against a transfer request. `confirmed`: implausible figures
 * were checked again. `approved`: an officer admitted the figures.
 */
export const Admission = z.discriminatedUnion('way', [
  z.strictObject({
    way: z.literal('live'),
    goodsInHand: z.boolean(),
    asked: z.literal(true).optional(),
    confirmed: z.literal(true).optional(),
    skew: Skew.optional(),
    within: ClockUncertainty.optional(),
  }),
  z.strictObject({
    way: z.literal('captured'),
    approved: z.literal(true).optional(),
    skew: Skew.optional(),
    within: ClockUncertainty.optional(),
  }),
]);
export type Admission = z.infer<typeof Admission>;

export const isApproved = (admission: Admission): boolean =>
  admission.way === 'captured' && admission.approved === true;

/** The goods have already left. */
export const mayGoBelowZero = (admission: Admission): boolean => admission.way === 'captured' || admission.goodsInHand;

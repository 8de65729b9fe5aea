import * as z from 'zod';
import { Skew } from '../kernel/voucher-sequence.ts';

const ClockUncertainty = z.int().min(0);

/**
 * How a voucher came in. `live`: it happens now. `captured`: it happened earlier, on a phone
 * without a link or on paper. `goodsInHand`: the seller holds the goods, whatever the ledger says.
 * `skew`: milliseconds that the device's clock was behind; `within`: the largest error of that
 * measurement; both absent when not measured. `asked`: a dispatch of a transfer request, checked
 * against it. `confirmed`: someone confirmed implausible figures. `approved`: an officer admitted
 * it with its figures.
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

/** Goods that already left cannot be refused for want of stock. */
export const mayGoBelowZero = (admission: Admission): boolean => admission.way === 'captured' || admission.goodsInHand;

import * as z from 'zod';
import { Skew } from '../kernel/voucher-sequence.ts';

const ClockUncertainty = z.int().min(0);

/**
 * How a voucher came in. Live, it happens now; `goodsInHand`: the seller says the goods are there, whatever the book says. Captured, it has
 * happened, on a phone without a link or on paper, and is brought later. `skew`: milliseconds that its device was behind, and `within`: the most by
 * which that measurement may be wrong; neither, where nobody measured. `asked`: a dispatch that was asked for, and was weighed as it was recorded.
 * `confirmed`: its figures were not plausible, and were looked at again. `approved`: an officer admitted it, figures and all.
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

/** An officer looked at what it says, and says that it is right. */
export const isApproved = (admission: Admission): boolean =>
  admission.way === 'captured' && admission.approved === true;

/** What has happened cannot be refused for want of stock. */
export const mayGoBelowZero = (admission: Admission): boolean => admission.way === 'captured' || admission.goodsInHand;

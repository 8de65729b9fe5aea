import * as z from 'zod';
import { cancelled, header, itemAndQuantity, linesOf, Words } from './claim.ts';
import { added, type Decide, taken } from './decision.ts';
import { refuseUnknownItems } from './known-items.ts';

export const ADJUSTMENT_REASONS = ['damaged', 'lost', 'sample', 'display', 'found'] as const;

/** Goods that left or came back without a sale. The reason says which way: `found` adds, every other takes. */
export const Adjustment = z.strictObject({
  kind: z.literal('A'),
  ...header,
  reason: z.enum(ADJUSTMENT_REASONS),
  note: Words.optional(),
  lines: linesOf(z.strictObject(itemAndQuantity)),
});
export type Adjustment = z.infer<typeof Adjustment>;

export const CancelledAdjustment = z.strictObject({ kind: z.literal('A'), ...cancelled });

export const decideAdjustment: Decide<Adjustment, Record<never, never>> = ({ claim, admission, known }) =>
  refuseUnknownItems(claim.lines, known) ?? {
    outcome: {},
    stock: claim.reason === 'found' ? added(claim.lines) : taken(claim.lines, admission),
  };

import * as z from 'zod';
import { ProducerId } from '../ids.ts';
import { Paise } from '../quantity.ts';
import { refuse } from '../refusal.ts';
import { cancelled, header, itemAndQuantity, linesOf, Words } from './claim.ts';
import { added, type Decide } from './decision.ts';
import { refuseUnknownItems } from './known-items.ts';

/** `unitCost` in paise per base unit, where it is known. */
export const ReceiptLine = z.strictObject({ ...itemAndQuantity, unitCost: Paise.optional() });

/** Goods from a supplier, named in words, or from a maker in the registry; `document` is their challan or bill. */
export const Receipt = z.strictObject({
  kind: z.literal('R'),
  ...header,
  from: z.union([z.strictObject({ supplier: Words }), z.strictObject({ producer: ProducerId })]),
  document: Words.optional(),
  lines: linesOf(ReceiptLine),
});
export type Receipt = z.infer<typeof Receipt>;

export const CancelledReceipt = z.strictObject({ kind: z.literal('R'), ...cancelled });

/** A receipt puts goods on hand at once. */
export const decideReceipt: Decide<Receipt, Record<never, never>> = ({ claim, known }) => {
  if ('producer' in claim.from && !known.producers.has(claim.from.producer))
    return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${claim.from.producer}.`);
  return refuseUnknownItems(claim.lines, known) ?? { outcome: {}, stock: added(claim.lines) };
};

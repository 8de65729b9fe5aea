import * as z from 'zod';
import { Paise } from '../quantity.ts';
import { cancelled, header, Words } from './claim.ts';
import type { Decide } from './decision.ts';
import { VoucherNumber } from './number.ts';
import { Tender } from './sale.ts';

/** The last number that a terminal used of each kind, so that it shows what of its tail never came. */
export const LastNumbers = z.array(VoucherNumber).max(10);
export type LastNumbers = z.infer<typeof LastNumbers>;

/** Paise by tender, each tender once. */
export const ByTender = z
  .array(z.strictObject({ tender: Tender, amount: Paise }))
  .max(Tender.options.length)
  .refine((tenders) => new Set(tenders.map(({ tender }) => tender)).size === tenders.length, 'each tender once');
export type ByTender = z.infer<typeof ByTender>;

/**
 * A terminal's shift is closed: `float`, the cash it began with; `counted`, what is there by tender, before anything is deposited; what was
 * deposited and spent since; and the last numbers of the terminal.
 */
export const Shift = z.strictObject({
  kind: z.literal('K'),
  ...header,
  float: Paise,
  counted: ByTender,
  deposits: z
    .array(z.strictObject({ amount: Paise, reference: Words }))
    .max(10)
    .optional(),
  expenses: z
    .array(z.strictObject({ amount: Paise, for: Words }))
    .max(20)
    .optional(),
  last: LastNumbers,
});
export type Shift = z.infer<typeof Shift>;

export const CancelledShift = z.strictObject({ kind: z.literal('K'), ...cancelled });

export const ShiftOutcome = z.strictObject({});
export type ShiftOutcome = z.infer<typeof ShiftOutcome>;

export const decideShift: Decide<Shift, ShiftOutcome> = () => ({ outcome: {}, stock: [] });

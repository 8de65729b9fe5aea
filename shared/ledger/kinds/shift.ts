import * as z from 'zod';
import { cancelled, header, Words } from '../../kernel/claim-fields.ts';
import { foreignIn, LastNumbers, mistypedIn } from '../../kernel/last-numbers.ts';
import { Paise } from '../../kernel/quantity.ts';
import { refuse } from '../../kernel/refusal.ts';
import { Sum } from '../../kernel/sum.ts';
import { partsOf, VoucherNumber } from '../../kernel/voucher-number.ts';
import { numberIn } from '../../kernel/voucher-sequence.ts';
import type { Decide } from '../decision.ts';
import { shiftAmong, tillOf } from '../till.ts';
import { Tender } from './sale.ts';

/** Paise by tender, each tender once. */
export const ByTender = z
  .array(z.strictObject({ tender: Tender, amount: Paise }))
  .max(Tender.options.length)
  .refine((tenders) => new Set(tenders.map(({ tender }) => tender)).size === tenders.length, 'each tender once');
export type ByTender = z.infer<typeof ByTender>;

/**
 * A terminal's shift is closed: `float`, the cash it began with; what was deposited and spent of it since; `counted`, what is there now by tender;
 * and the last numbers of the terminal.
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

const inTender = z.strictObject({ tender: Tender, amount: Sum });

/**
 * By what was known when it came in: `after`, the terminal's close before it, if there was one; what should have been there; and of what was counted, how
 * much more it was. A sale that comes in later changes nothing here: the closes of days reckon it again.
 */
export const ShiftOutcome = z.strictObject({
  after: VoucherNumber.optional(),
  expected: z.array(inTender),
  over: z.array(inTender),
});
export type ShiftOutcome = z.infer<typeof ShiftOutcome>;

export const decideShift: Decide<Shift, ShiftOutcome> = ({ claim, admission, known, order }) => {
  const { terminal } = partsOf(numberIn(order));
  const fields = foreignIn(terminal, claim.last, 'last');
  if (fields.length > 0) return refuse('NUMBER_MISMATCH', 'A shift is of one terminal.', { fields });
  const mistyped = admission.way === 'live' ? mistypedIn(claim.last, known.inBook ?? new Map(), 'last') : [];
  if (mistyped.length > 0) return refuse('INVALID_REQUEST', 'That was not its last number.', { fields: mistyped });
  const { before, since } = shiftAmong(terminal, order, known.around ?? []);
  return { outcome: { ...(before && { after: before.number }), ...tillOf(claim, since) }, stock: [] };
};

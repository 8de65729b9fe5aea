import * as z from 'zod';
import { StaffId, TerminalCode } from '../ids.ts';
import { Paise } from '../quantity.ts';
import { cancelled, header, Words } from './claim.ts';
import type { Decide } from './decision.ts';
import { VoucherNumber } from './number.ts';
import { LastNumbers } from './shift.ts';

/**
 * A stall passes from one holder to the next. Both sign the count sheets and the cash; the old terminals' last numbers are declared, and what
 * a terminal sends above them is held.
 */
export const HandOver = z.strictObject({
  kind: z.literal('H'),
  ...header,
  outgoing: StaffId,
  incoming: StaffId,
  /** How each signed: a name, a thumb print's number, a photo's. */
  signed: z.strictObject({ outgoing: Words, incoming: Words }),
  sheets: z.array(VoucherNumber).max(25),
  cash: Paise,
  terminals: z
    .array(z.strictObject({ terminal: TerminalCode, last: LastNumbers }))
    .min(1, 'at least one terminal is handed over')
    .max(10),
});
export type HandOver = z.infer<typeof HandOver>;

export const CancelledHandOver = z.strictObject({ kind: z.literal('H'), ...cancelled });

export const HandOverOutcome = z.strictObject({});
export type HandOverOutcome = z.infer<typeof HandOverOutcome>;

export const decideHandOver: Decide<HandOver, HandOverOutcome> = () => ({ outcome: {}, stock: [] });

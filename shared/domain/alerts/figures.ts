import * as z from 'zod';
import { Instant } from '../time.ts';
import { HELD_STATES, Held } from '../vouchers/held.ts';
import { VoucherNumber } from '../vouchers/number.ts';

/** Of a held voucher: which one, since when, what is wrong with it, and whether an officer has settled it. */
export const HeldFigures = z.strictObject({
  number: VoucherNumber,
  heldAt: Instant,
  problem: Held.shape.problem,
  state: z.enum(HELD_STATES),
});

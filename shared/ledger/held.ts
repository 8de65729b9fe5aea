import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { LocationId } from '../kernel/ids.ts';
import { ERROR_CODES } from '../kernel/problems.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { Instant } from '../kernel/time.ts';
import { Skew, VoucherNumber } from '../kernel/voucher-number.ts';
import { VoucherClaim } from './voucher.ts';

/** The number with a hash of the claim: one number may have several. */
export const HeldId = z
  .string()
  .regex(/^[0-9A-Z]{16}-[0-9a-f]{12}$/, 'a held voucher is its number and a check')
  .brand('HeldId');
export type HeldId = z.infer<typeof HeldId>;

export const numberOfHeld = (held: HeldId): VoucherNumber => held.split('-')[0] as VoucherNumber;

export const HELD_STATES = ['held', 'admitted', 'corrected', 'rejected'] as const;

/** An offline voucher that could not be admitted. It moves no stock. */
export const HeldVoucher = z.strictObject({
  held: HeldId,
  location: LocationId,
  number: VoucherNumber,
  claim: VoucherClaim,
  skew: Skew.optional(),
  within: z.int().min(0).optional(),
  problem: z.strictObject({ code: z.enum(ERROR_CODES), detail: z.string() }),
  enteredBy: z.string(),
  heldAt: Instant,
  state: z.enum(HELD_STATES),
  settled: z.strictObject({ at: Instant, by: z.string(), why: FreeText, voucher: VoucherNumber.optional() }).optional(),
  version: z.int().min(1),
});
export type HeldVoucher = z.infer<typeof HeldVoucher>;

export const withSettlement = (
  held: HeldVoucher,
  state: Exclude<HeldVoucher['state'], 'held'>,
  settled: NonNullable<HeldVoucher['settled']>,
): HeldVoucher => ({ ...held, state, settled, version: held.version + 1 });

export const heldProblemOf = ({ refused, detail }: Refusal): HeldVoucher['problem'] => ({ code: refused, detail });

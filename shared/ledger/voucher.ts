import * as z from 'zod';
import { ItemId, LocationId, SellerId, StaffId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Admission } from './admission.ts';
import type { StatedLine } from './line-quantities.ts';
import { cancelledClaim, type VoucherKind } from './voucher-kind.ts';
import { type KindRecord, VOUCHER_KINDS } from './voucher-kinds.ts';

const records: readonly KindRecord[] = Object.values(VOUCHER_KINDS);

/** Every claim of every kind, and cancelled numbers. */
export const VoucherClaim = z.union(records.flatMap(({ code, claim }) => [claim, cancelledClaim(code)]));
export type VoucherClaim = z.infer<typeof VoucherClaim>;

type CancelledClaim = Extract<VoucherClaim, { cancelled: string }>;
export type ValidClaim = Exclude<VoucherClaim, CancelledClaim>;

export const isCancelled = (claim: VoucherClaim): claim is CancelledClaim => 'cancelled' in claim;

/** Its lines. A cancelled number, a shift and a hand-over have none. */
export const claimLinesOf = (claim: VoucherClaim): readonly StatedLine[] => ('lines' in claim ? claim.lines : []);

/** The outcome of any kind: what the server derived from a claim. */
export const VoucherOutcome = z.union(records.map(({ outcome }) => outcome));
export type VoucherOutcome = z.infer<typeof VoucherOutcome>;

/**
 * The record of a claim's kind, for that claim and its outcome. The cast is safe while the record
 * is asked only about a claim of its own kind: the claim picks the record, and TypeScript cannot
 * follow that a letter ties the two.
 */
export const kindOf = (claim: Pick<ValidClaim, 'kind'>): VoucherKind<ValidClaim, VoucherOutcome> =>
  VOUCHER_KINDS[claim.kind] as VoucherKind<ValidClaim, VoucherOutcome>;

/** One immutable entry of a day book. `seller`: the terminal's. */
export const Voucher = z.strictObject({
  number: VoucherNumber,
  location: LocationId,
  seller: SellerId,
  claim: VoucherClaim,
  admission: Admission,
  outcome: VoucherOutcome,
  /** Items that were counted after it: it moved nothing on hand of them. */
  absorbed: z.array(ItemId).optional(),
  /** People who were not staff of this location; only for vouchers recorded offline. */
  strangers: z.array(StaffId).optional(),
  recordedAt: Instant,
  enteredBy: z.string(),
});
export type Voucher = z.infer<typeof Voucher>;

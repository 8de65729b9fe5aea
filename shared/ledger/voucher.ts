import * as z from 'zod';
import { ItemId, LocationId, SellerId, StaffId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Admission } from './admission.ts';
import { Adjustment, CancelledAdjustment, LotOutcome } from './kinds/adjustment.ts';
import { CancelledCount, Count, CountOutcome } from './kinds/count.ts';
import { CancelledDispatch, Dispatch, DispatchOutcome } from './kinds/dispatch.ts';
import { CancelledHandOver, HandOver, HandOverOutcome } from './kinds/hand-over.ts';
import { CancelledIssue, Issue, IssueOutcome } from './kinds/issue.ts';
import { CancelledReceipt, Receipt, ReceiptOutcome } from './kinds/receipt.ts';
import { CancelledReversal, Reversal, ReversalOutcome } from './kinds/reversal.ts';
import { CancelledSale, Sale, SaleOutcome } from './kinds/sale.ts';
import { CancelledShift, Shift, ShiftOutcome } from './kinds/shift.ts';

/** Everything a voucher can say, cancelled numbers included. */
export const VoucherClaim = z.union([
  Sale,
  CancelledSale,
  Receipt,
  CancelledReceipt,
  Adjustment,
  CancelledAdjustment,
  Issue,
  CancelledIssue,
  Count,
  CancelledCount,
  Reversal,
  CancelledReversal,
  Dispatch,
  CancelledDispatch,
  Shift,
  CancelledShift,
  HandOver,
  CancelledHandOver,
]);
export type VoucherClaim = z.infer<typeof VoucherClaim>;

export const isCancelled = (claim: VoucherClaim): claim is Extract<VoucherClaim, { cancelled: string }> =>
  'cancelled' in claim;

type ClaimLines = Extract<VoucherClaim, { lines: unknown }>['lines'];

/** Its lines; a cancelled number has none, and a shift or a hand-over neither. */
export const claimLinesOf = (claim: VoucherClaim): ClaimLines => ('lines' in claim ? claim.lines : []);

/** What came of it: a sale's tax; what was measured, and which lots it went into or came from. */
export const VoucherOutcome = z.union([
  SaleOutcome,
  ReceiptOutcome,
  CountOutcome,
  ReversalOutcome,
  LotOutcome,
  DispatchOutcome,
  IssueOutcome,
  ShiftOutcome,
  HandOverOutcome,
]);
export type VoucherOutcome = z.infer<typeof VoucherOutcome>;

/** One entry of a day book: never changed, never deleted. `seller` is the terminal's. */
export const Voucher = z.strictObject({
  number: VoucherNumber,
  location: LocationId,
  seller: SellerId,
  claim: VoucherClaim,
  admission: Admission,
  outcome: VoucherOutcome,
  /** Items that were counted after it, so that it moved nothing on hand of them. */
  absorbed: z.array(ItemId).optional(),
  /** Recorded offline by people whom the registry did not have as staff of this location. */
  strangers: z.array(StaffId).optional(),
  recordedAt: Instant,
  enteredBy: z.string(),
});
export type Voucher = z.infer<typeof Voucher>;

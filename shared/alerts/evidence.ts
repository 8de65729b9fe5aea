import * as z from 'zod';
import { ClosedTerminal } from '../day-close/day-close.ts';
import { BilingualText } from '../kernel/bilingual-text.ts';
import { ItemId, StaffId, TerminalCode } from '../kernel/ids.ts';
import { Paise } from '../kernel/quantity.ts';
import { NonNegativeSum } from '../kernel/sum.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Basket, BasketSettlement } from '../ledger/basket.ts';
import { HELD_STATES, HeldVoucher } from '../ledger/held.ts';
import { Transfer, TransferDifference, TransferReceipt, TransferState } from '../transfers/transfer.ts';

/** Of a held voucher: which one, since when, what is wrong with it, and whether an officer has settled it. */
export const HeldEvidence = z.strictObject({
  number: VoucherNumber,
  heldAt: Instant,
  problem: HeldVoucher.shape.problem,
  state: z.enum(HELD_STATES),
});

/** Of a terminal's day: the last number known of it, how many are missing, and the first of those; and whether all came or was proven since. */
export const UnprovenEvidence = z.strictObject({
  terminal: TerminalCode,
  day: Day,
  state: ClosedTerminal.shape.state,
  last: VoucherNumber.optional(),
  missing: z.array(VoucherNumber),
  many: z.int().min(0),
});

/** Of a transfer: how it stands, who sent it where, who received which delivery, and what did not come as it was sent. */
export const TransferEvidence = z.strictObject({
  state: TransferState,
  sent: Transfer.shape.sent,
  receipts: z.array(TransferReceipt.omit({ lines: true })),
  differs: z.array(TransferDifference),
});
export type TransferEvidence = z.infer<typeof TransferEvidence>;

/** Of a book that does not agree with its vouchers: in how many things, what is said of the first, and the vouchers that it concerns, the likeliest first. */
export const DriftEvidence = z.strictObject({
  many: z.int().min(0),
  first: BilingualText.optional(),
  vouchers: z.array(VoucherNumber),
});

/** Of a basket from which more was exchanged than came back into it: by how many paise, and which sale spent from it last. */
export const ExchangeEvidence = z.strictObject({
  basket: Basket.shape.basket,
  uncovered: NonNegativeSum,
  spentBy: VoucherNumber.optional(),
  settled: BasketSettlement.optional(),
});

/** Of a sale below its floor price: when it was, and its lines, counted from 1, with what was paid for each in paise. */
export const UnderpricedEvidence = z.strictObject({
  soldAt: Instant,
  lines: z.array(z.strictObject({ line: z.int().min(1), item: ItemId, amount: Paise })),
});

/** Of a person who is not on the location's staff list: whose vouchers of which day name them, the first of those, and how many there are. */
export const StrangerEvidence = z.strictObject({
  person: StaffId,
  day: Day,
  vouchers: z.array(VoucherNumber),
  many: z.int().min(0),
});

/** Of a silent outlet: the last day of which the book has anything. */
export const SilentEvidence = z.strictObject({ lastDay: Day });

/** Of a PIN that wrong tries locked: how many locks there were since the right one, and until when none is looked at. */
export const PinEvidence = z.strictObject({ locks: z.int().min(0), until: Instant });

/** Which work of Bahi's own, such as `close-day`. */
export const WorkName = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/)
  .max(40)
  .brand('WorkName');
export type WorkName = z.infer<typeof WorkName>;

/** Of work that failed at a location: for which day it was planned, and the first line of its error, if it fails still. */
export const FailedWorkEvidence = z.strictObject({ work: WorkName, day: Day, problem: z.string().max(200).optional() });
export type FailedWorkEvidence = z.infer<typeof FailedWorkEvidence>;

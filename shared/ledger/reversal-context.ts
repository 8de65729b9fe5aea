import type { ItemId, LocationId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import type { Sum } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import type { Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { LotWithdrawal } from '../stock/lots.ts';

/**
 * A voucher as far as it can be reversed: what each line moved, from which lots, and what was paid
 * for it.
 */
export type ReversibleVoucher = {
  readonly at?: Instant;
  readonly lines: readonly {
    readonly item: ItemId;
    /** Base units; negative when they left. */
    readonly moved: number;
    readonly lots: readonly LotWithdrawal[];
    readonly sold?: { readonly amount: Paise; readonly gstBasisPoints: number };
  }[];
  /** What was paid in all, rounding included. */
  readonly total?: Paise;
};

/**
 * `original`: the voucher, if it has come in. `returned`: how much of each line was returned
 * before, read on `version` (0: none yet). `pendingReturns`: returns recorded before it came in.
 */
export type ReversalContext = {
  readonly original: ReversibleVoucher | undefined;
  readonly returned: ReadonlyMap<number, number>;
  readonly version: number;
  /**
   * Paise that earlier returns refunded beyond their lines' parts; it may be negative. A `number`
   * holds it: each return takes at least one of the sale's 4 * 10^9 base units, and its rounding is
   * below 1,100 paise.
   */
  readonly rounded: number;
  /** The same for pending returns, which `rounded` does not include. */
  readonly roundedPending?: number;
  readonly pendingReturns: readonly VoucherNumber[];
  /** If it has not come in: where its terminal is enrolled; absent if there is no such terminal. */
  readonly soldAt?: LocationId;
  /**
   * Returned quantities by line that were pending and turned out not to be on the bill. They do not
   * count as returned.
   */
  readonly unbilled?: ReadonlyMap<number, number>;
};

/**
 * What was returned of each line in all, on the version that was read. `pendingReturns`: with this
 * one, if its sale has not come in.
 */
export type ReturnedQuantities = {
  readonly of: VoucherNumber;
  readonly lines: ReadonlyMap<number, number>;
  readonly version: number;
  readonly rounded: number;
  readonly pendingReturns?: readonly VoucherNumber[];
};

/** A return's claim, as far as it can be reversed. */
export type ReturnClaim = {
  readonly of: VoucherNumber;
  readonly lines: readonly { readonly line: number; readonly item: ItemId; readonly quantity: number }[];
  readonly refund?: readonly { readonly tender: string; readonly amount: number }[] | undefined;
  readonly basket?: string | undefined;
};

export type ReturnOutcome = {
  moved: number[];
  refunded?: Sum | undefined;
  roundOff?: number | undefined;
  tax?: LineTax[] | undefined;
  waits?: true | undefined;
};

/**
 * A return; `own`: its own returned row, which says whether it was reversed; `sale`: the returned
 * row of its sale.
 */
export type ReturnContext = {
  readonly claim: ReturnClaim;
  readonly outcome: ReturnOutcome;
  readonly own: Pick<ReversalContext, 'version'>;
  readonly sale: Pick<ReversalContext, 'returned' | 'version' | 'rounded' | 'pendingReturns'>;
};

/**
 * Is nothing left of a voucher whose lines moved this much? A receipt that accepted nothing is
 * reversed with quantity 0.
 */
export const isFullyReversed = (moved: readonly number[], returned: ReversalContext['returned']): boolean =>
  returned.size > 0 && moved.every((quantity, at) => Math.abs(quantity) <= (returned.get(at + 1) ?? 0));

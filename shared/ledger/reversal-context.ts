import type { ItemId, LocationId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import type { Sum } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import type { Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { LotWithdrawal } from '../stock/lots.ts';

/** A voucher as far as it can be taken back: what each line moved on hand, of which lots, and of a sale, what was paid for it. */
export type ReversibleVoucher = {
  /** When it happened. */
  readonly at?: Instant;
  readonly lines: readonly {
    readonly item: ItemId;
    /** Base units; below zero, they left. */
    readonly moved: number;
    readonly lots: readonly LotWithdrawal[];
    readonly sold?: { readonly amount: Paise; readonly gstBasisPoints: number };
  }[];
  /** Of a sale, what was paid in all: its lines, rounded. */
  readonly total?: Paise;
};

/** The voucher, if it has come in; how much of each line came back before, and the version on which that was read (0: none yet). `waits`: what was recorded before it came in. */
export type ReversalContext = {
  readonly original: ReversibleVoucher | undefined;
  readonly returned: ReadonlyMap<number, number>;
  readonly version: number;
  /**
   * Paise that earlier returns of a sale gave back beyond their lines' parts; below zero, less than those. A `number`
   * holds it: each return takes at least one of the sale's 4 * 10^9 base units, and its rounding is below 1,100 paise.
   */
  readonly rounded: number;
  /** The same of those that waited for it: they are not in `rounded`, since nobody knew their parts. */
  readonly roundedPending?: number;
  readonly pendingReturns: readonly VoucherNumber[];
  /** If it has not come in, where the terminal is enrolled whose number it is; nowhere, if there is none. */
  readonly soldAt?: LocationId;
  /** Of what came back, by line, what waited and was not on the bill once that came: it is counted beside it, and was none of it. */
  readonly unbilled?: ReadonlyMap<number, number>;
};

/**
 * What came back of each line of a voucher, in all, from now on; written on the version that was read. `waits`: this is one more that waits for it, and it has not
 * come in.
 */
export type ReturnedQuantities = {
  readonly of: VoucherNumber;
  readonly lines: ReadonlyMap<number, number>;
  readonly version: number;
  readonly rounded: number;
  readonly pendingReturns?: readonly VoucherNumber[];
};

/** What a return says, as far as it can be taken back itself. */
export type ReturnClaim = {
  readonly of: VoucherNumber;
  readonly lines: readonly { readonly line: number; readonly item: ItemId; readonly quantity: number }[];
  readonly refund?: readonly { readonly tender: string; readonly amount: number }[] | undefined;
  readonly basket?: string | undefined;
};

/** What came of it. */
export type ReturnOutcome = {
  moved: number[];
  refunded?: Sum | undefined;
  roundOff?: number | undefined;
  tax?: LineTax[] | undefined;
  waits?: true | undefined;
};

/** A return, with the row beside it, which says whether it was taken back itself, and the row beside its sale. */
export type ReturnContext = {
  readonly claim: ReturnClaim;
  readonly outcome: ReturnOutcome;
  readonly own: Pick<ReversalContext, 'version'>;
  readonly sale: Pick<ReversalContext, 'returned' | 'version' | 'rounded' | 'pendingReturns'>;
};

/**
 * Is nothing left of it? `moved`: how much each of its lines moved. Of a receipt that accepted nothing, what came back is a line of nothing: that says that the
 * receipt was a mistake.
 */
export const isFullyReversed = (moved: readonly number[], returned: ReversalContext['returned']): boolean =>
  returned.size > 0 && moved.every((quantity, at) => Math.abs(quantity) <= (returned.get(at + 1) ?? 0));

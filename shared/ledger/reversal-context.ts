import type { ItemId, LocationId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import type { Sum } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import type { Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { EffectiveFrom } from '../registry/dated-field.ts';
import type { LotWithdrawal } from '../stock/lots.ts';

export type ReversibleVoucher = {
  readonly at?: Instant;
  readonly lines: readonly {
    readonly item: ItemId;
    /** Base units; negative when they left. */
    readonly moved: number;
    readonly lots: readonly LotWithdrawal[];
    readonly sold?: { readonly amount: Paise; readonly gstBasisPoints: number; readonly isInterState?: boolean };
  }[];
  /** Paise, rounding included. */
  readonly total?: Paise;
};

/**
 * `original`: absent until it comes in. `returned`: base units by line, read on `version` (0:
 * none). `pendingReturns`: recorded before the original.
 */
export type ReversalContext = {
  readonly original: ReversibleVoucher | undefined;
  readonly returned: ReadonlyMap<number, number>;
  readonly version: number;
  /**
   * Paise that earlier returns refunded beyond their lines, possibly negative. It fits a `number`:
   * at most 4 * 10^9 returns round by less than 1,100 paise each.
   */
  readonly rounded: number;
  /** Not included in `rounded`. */
  readonly roundedPending?: number;
  readonly pendingReturns: readonly VoucherNumber[];
  /** The enrolment of an unknown sale's terminal, if it exists. */
  readonly soldAt?: LocationId;
  /** The location `soldAt`, and when it closes. */
  readonly soldThere?: {
    readonly name: string;
    readonly endsFrom?: EffectiveFrom | undefined;
    readonly hasEnded?: boolean;
  };
  /** Pending quantities that were not on the bill. They do not count as returned. */
  readonly unbilled?: ReadonlyMap<number, number>;
};

/** Totals by line. `pendingReturns`: includes this one if its sale has not come in. */
export type ReturnedQuantities = {
  readonly of: VoucherNumber;
  readonly lines: ReadonlyMap<number, number>;
  readonly version: number;
  readonly rounded: number;
  readonly pendingReturns?: readonly VoucherNumber[];
};

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

/** `own`: says whether the return was reversed. `sale`: its sale's returned row. */
export type ReturnContext = {
  readonly claim: ReturnClaim;
  readonly outcome: ReturnOutcome;
  readonly own: Pick<ReversalContext, 'version'>;
  readonly sale: Pick<ReversalContext, 'returned' | 'version' | 'rounded' | 'pendingReturns'>;
};

/** A receipt that accepted nothing is reversed with quantity 0. */
export const isFullyReversed = (moved: readonly number[], returned: ReversalContext['returned']): boolean =>
  returned.size > 0 && moved.every((quantity, at) => Math.abs(quantity) <= (returned.get(at + 1) ?? 0));

/** Base units. `received` and `returned` count goods that come in, the others goods that leave. */
export type MovementFigures = Partial<
  Readonly<Record<'sold' | 'returned' | 'received' | 'dispatched' | 'issued' | 'writtenOff', number>>
>;

/** How vouchers of a kind are reversed. */
export type ReversalRules = {
  /** A customer may return the goods, even before the voucher itself is recorded. */
  readonly isReturnable?: true;
  /** A reversal may state a refund. */
  readonly isRefundable?: true;
  /** The goods may be written off instead of going back to the shelf. */
  readonly mayWriteOff?: true;
  /** A line may have moved nothing; quantity 0 reverses it. */
  readonly mayBeEmpty?: true;
  /** A reversal needs an officer's approval above a limit. */
  readonly needsApproval?: true;
  /** Absent: the reversal's reason decides. */
  readonly goods?: 'come back' | 'never moved';
  /** `quantity`: reversed. `onHand`: how the stock changed. */
  readonly figures: (quantity: number, onHand: number) => MovementFigures;
};

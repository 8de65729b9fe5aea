import type { Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';

type TenderAmount = { readonly tender: string; readonly amount: number };

/**
 * A voucher as far as a till is concerned: payments, refunds and, for the close of a shift, its
 * float.
 */
export type TillVoucher = {
  readonly number: VoucherNumber;
  readonly claim: {
    readonly occurredAt: Instant;
    /** The voucher that a reversal reverses. */
    readonly of?: VoucherNumber | undefined;
    readonly payments?: readonly TenderAmount[] | undefined;
    readonly refund?: readonly TenderAmount[] | undefined;
    readonly float?: number | undefined;
  };
  readonly admission: { readonly skew?: number | undefined };
};

import type { Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';

type TenderAmount = { readonly tender: string; readonly amount: number };

export type TillVoucher = {
  readonly number: VoucherNumber;
  readonly claim: {
    readonly occurredAt: Instant;
    readonly of?: VoucherNumber | undefined;
    readonly payments?: readonly TenderAmount[] | undefined;
    readonly refund?: readonly TenderAmount[] | undefined;
    readonly float?: number | undefined;
  };
  readonly admission: { readonly skew?: number | undefined };
};

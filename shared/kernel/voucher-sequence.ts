import * as z from 'zod';
import { type Instant, instantOf, millisecondsOf } from './time.ts';
import type { VoucherNumber } from './voucher-number.ts';

/** Total order of vouchers: time, then number. Sorts as text. */
export const VoucherSequence = z.string().brand('Order');
export type VoucherSequence = z.infer<typeof VoucherSequence>;

/** Milliseconds that a device's clock is behind the server's. */
export const Skew = z.int().brand('Skew');
export type Skew = z.infer<typeof Skew>;

/** In server time. */
export const correctedTime = (occurredAt: Instant, skew: number): Instant =>
  instantOf(millisecondsOf(occurredAt) + skew);

type SequencedVoucher = {
  readonly number: VoucherNumber;
  readonly claim: { readonly occurredAt: Instant };
  readonly admission: { readonly skew?: number | undefined };
};

export const sequenceOf = ({ number, claim, admission }: SequencedVoucher): VoucherSequence =>
  `${correctedTime(claim.occurredAt, admission.skew ?? 0)}#${number}` as VoucherSequence;

export const numberOfSequence = (order: VoucherSequence): VoucherNumber => order.split('#')[1] as VoucherNumber;

export const timeOfSequence = (order: VoucherSequence): Instant => order.split('#')[0] as Instant;

import * as z from 'zod';
import { type Instant, instantOf, millisecondsOf } from './time.ts';
import type { VoucherNumber } from './voucher-number.ts';

/** A place in the one total order of vouchers, `2026-11-22T05:00:00.000Z#7KQ2MS2611220007`: time, then number. It sorts as text. */
export const VoucherSequence = z.string().brand('Order');
export type VoucherSequence = z.infer<typeof VoucherSequence>;

/** Milliseconds by which a device's clock is behind the server's; they are added to the times that it says. */
export const Skew = z.int().brand('Skew');
export type Skew = z.infer<typeof Skew>;

/** When it happened by our clock. */
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

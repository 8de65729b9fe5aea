import * as z from 'zod';
import { type Instant, instantOf, millisecondsOf } from './time.ts';
import type { VoucherNumber } from './voucher-number.ts';

/** A place in the one total order of vouchers, `2026-11-22T05:00:00.000Z#7KQ2MS2611220007`: time, then number. It sorts as text. */
export const Order = z.string().brand('Order');
export type Order = z.infer<typeof Order>;

/** Milliseconds by which a device's clock is behind the server's; they are added to the times that it says. */
export const Skew = z.int().brand('Skew');
export type Skew = z.infer<typeof Skew>;

/** When it happened by our clock. */
export const corrected = (occurredAt: Instant, skew: number): Instant => instantOf(millisecondsOf(occurredAt) + skew);

type Placed = {
  readonly number: VoucherNumber;
  readonly claim: { readonly occurredAt: Instant };
  readonly admission: { readonly skew?: number | undefined };
};

export const orderOf = ({ number, claim, admission }: Placed): Order =>
  `${corrected(claim.occurredAt, admission.skew ?? 0)}#${number}` as Order;

export const numberIn = (order: Order): VoucherNumber => order.split('#')[1] as VoucherNumber;

export const timeIn = (order: Order): Instant => order.split('#')[0] as Instant;

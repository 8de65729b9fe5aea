import * as z from 'zod';
import { Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import type { Terminal } from '../registry/entries.ts';

export const CustomerPhone = z.string().regex(/^\+?\d{10,13}$/, 'a phone number is 10 to 13 digits');

/** The ten digits of an Indian number, without country code or leading zero. */
export const subscriberDigits = (phone: string): string => phone.slice(-10);

export const isSamePhone = (one: string, other: string): boolean => subscriberDigits(one) === subscriberDigits(other);

/** For the bill and for calls about a return. */
const CUSTOMER_RETENTION_DAYS = 30;

/** `until`: the phone is deleted then. */
export const Customer = z.strictObject({
  phone: CustomerPhone,
  purpose: z.literal('bill and returns'),
  soldAt: Instant,
  until: Instant,
});
export type Customer = z.infer<typeof Customer>;

/** Undefined once the retention has ended. */
export const customerOf = (phone: string, soldAt: Instant, now: Instant): Customer | undefined => {
  const from = Math.min(millisecondsOf(soldAt), millisecondsOf(now));
  const until = instantOf(from + CUSTOMER_RETENTION_DAYS * 24 * 3_600_000);
  return until > now ? { phone, purpose: 'bill and returns', soldAt: instantOf(from), until } : undefined;
};

type HolderTerminal = Pick<Terminal, 'seller' | 'revoked' | 'handedOver'>;

/** The terminal must be valid, and its seller's stall not handed over since. */
export const isSameHolder = (
  terminal: HolderTerminal,
  atPlace: readonly HolderTerminal[],
  { soldAt }: Customer,
): boolean =>
  !terminal.revoked &&
  !terminal.handedOver &&
  !atPlace.some(({ seller, handedOver }) => seller === terminal.seller && handedOver && handedOver.at >= soldAt);

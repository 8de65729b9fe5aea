import type { SellerId } from '../kernel/ids.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

/** A one-time code for one phone of a seller, before it is hashed. */
export type EnrolmentCode = { readonly seller: SellerId; readonly code: string };

/** Milliseconds for which a code can be used: whoever gets it enrols the same day. */
const CODE_LIFETIME_MILLISECONDS = 24 * 3_600_000;

export const expiryOf = (issuedAt: Instant): Instant =>
  instantOf(millisecondsOf(issuedAt) + CODE_LIFETIME_MILLISECONDS);

/** As people read it out: `X4T9 0RWE`. */
export const formatEnrolmentCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

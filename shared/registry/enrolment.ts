import type { SellerId } from '../kernel/ids.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

/** Before hashing. */
export type EnrolmentCode = { readonly seller: SellerId; readonly code: string };

const CODE_LIFETIME_MILLISECONDS = 24 * 3_600_000;

export const expiryOf = (issuedAt: Instant): Instant =>
  instantOf(millisecondsOf(issuedAt) + CODE_LIFETIME_MILLISECONDS);

/** `X4T9 0RWE`, as people read it out. */
export const formatEnrolmentCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

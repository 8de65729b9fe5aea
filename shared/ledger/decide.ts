import type { Refusal } from '../kernel/refusal.ts';
import type { Decide, Decision } from './decision.ts';
import { isCancelled, kindOf, type VoucherClaim, type VoucherOutcome } from './voucher.ts';
import type { ClaimReferences, ContextNeeds } from './voucher-kind.ts';

/** A decision on a claim of any kind. A cancelled number changes nothing. */
export const decideClaim = (
  claim: VoucherClaim,
  input: Omit<Parameters<Decide<VoucherClaim, VoucherOutcome>>[0], 'claim'>,
): Decision<VoucherOutcome> | Refusal =>
  isCancelled(claim) ? { outcome: {}, stock: [] } : kindOf(claim).decide({ ...input, claim });

/** What a claim names. It is known before anything is read, so that one call reads all of it. */
export const claimReferences = (claim: VoucherClaim): ClaimReferences =>
  isCancelled(claim) ? { items: [], producers: [] } : kindOf(claim).references(claim);

/** What else the decision on a claim needs. */
export const contextNeeds = (claim: VoucherClaim): ContextNeeds =>
  isCancelled(claim) ? {} : (kindOf(claim).needs?.(claim) ?? {});

import type { Refusal } from '../kernel/refusal.ts';
import type { Decide, Decision } from './decision.ts';
import { isCancelled, kindOf, type VoucherClaim, type VoucherOutcome } from './voucher.ts';
import type { ClaimReferences, ContextNeeds } from './voucher-kind.ts';

/** What a claim of any kind changes, or why not. A cancelled number changes nothing. */
export const decideClaim = (
  claim: VoucherClaim,
  input: Omit<Parameters<Decide<VoucherClaim, VoucherOutcome>>[0], 'claim'>,
): Decision<VoucherOutcome> | Refusal =>
  isCancelled(claim) ? { outcome: {}, stock: [] } : kindOf(claim).decide({ ...input, claim });

/** What a claim names, known before anything is read, so that all of it is read at once. */
export const claimReferences = (claim: VoucherClaim): ClaimReferences =>
  isCancelled(claim) ? { items: [], producers: [] } : kindOf(claim).references(claim);

/** What else the decision on a claim reads. */
export const contextNeeds = (claim: VoucherClaim): ContextNeeds =>
  isCancelled(claim) ? {} : (kindOf(claim).needs?.(claim) ?? {});

import type { Refusal } from '../kernel/refusal.ts';
import type { Decide, Decision } from './decision.ts';
import { isCancelled, kindOf, type VoucherClaim, type VoucherOutcome } from './voucher.ts';
import type { ClaimReferences, ContextNeeds } from './voucher-kind.ts';

export const decideClaim = (
  claim: VoucherClaim,
  input: Omit<Parameters<Decide<VoucherClaim, VoucherOutcome>>[0], 'claim'>,
): Decision<VoucherOutcome> | Refusal =>
  isCancelled(claim) ? { outcome: {}, stock: [] } : kindOf(claim).decide({ ...input, claim });

/** Known before any read, so that one call reads everything. */
export const claimReferences = (claim: VoucherClaim): ClaimReferences =>
  isCancelled(claim) ? { items: [], producers: [] } : kindOf(claim).references(claim);

export const contextNeeds = (claim: VoucherClaim): ContextNeeds =>
  isCancelled(claim) ? {} : (kindOf(claim).needs?.(claim) ?? {});

import * as z from 'zod';
import { ItemId, LocationId, SellerId, StaffId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Admission } from './admission.ts';
import type { Decide, Decision } from './decision.ts';
import type { StatedLine } from './line-quantities.ts';
import type { ReversalRules } from './reversal-context.ts';
import { type ClaimReferences, type ContextNeeds, cancelledClaim, type VoucherKind } from './voucher-kind.ts';
import { type KindRecord, reversalRulesOf, VOUCHER_KINDS } from './voucher-kinds.ts';

const records: readonly KindRecord[] = Object.values(VOUCHER_KINDS);

export const VoucherClaim = z.union(records.flatMap(({ code, claim }) => [claim, cancelledClaim(code)]));
export type VoucherClaim = z.infer<typeof VoucherClaim>;

type CancelledClaim = Extract<VoucherClaim, { cancelled: string }>;
export type ValidClaim = Exclude<VoucherClaim, CancelledClaim>;

export const isCancelled = (claim: VoucherClaim): claim is CancelledClaim => 'cancelled' in claim;

/** Cancelled numbers, shifts and hand-overs have none. */
export const claimLinesOf = (claim: VoucherClaim): readonly StatedLine[] => ('lines' in claim ? claim.lines : []);

export const VoucherOutcome = z.union(records.map(({ outcome }) => outcome));
export type VoucherOutcome = z.infer<typeof VoucherOutcome>;

/**
 * The cast is safe: the claim's own kind selects the record, but TypeScript cannot link the two.
 */
export const kindOf = (claim: Pick<ValidClaim, 'kind'>): VoucherKind<ValidClaim, VoucherOutcome> =>
  VOUCHER_KINDS[claim.kind] as VoucherKind<ValidClaim, VoucherOutcome>;

/** One immutable day book entry. `seller`: the terminal's. */
export const Voucher = z.strictObject({
  number: VoucherNumber,
  location: LocationId,
  seller: SellerId,
  claim: VoucherClaim,
  admission: Admission,
  outcome: VoucherOutcome,
  /** Items counted later: the voucher moved none of them on hand. */
  absorbed: z.array(ItemId).optional(),
  /** Only for vouchers recorded offline. */
  strangers: z.array(StaffId).optional(),
  recordedAt: Instant,
  enteredBy: z.string(),
});
export type Voucher = z.infer<typeof Voucher>;

export const SameReference = z.strictObject({ reference: z.string(), number: VoucherNumber, location: LocationId });
export type SameReference = z.infer<typeof SameReference>;

export const RecordedVoucher = Voucher.extend({ sameReference: z.array(SameReference).optional() });

export const decideClaim = (
  claim: VoucherClaim,
  input: Omit<Parameters<Decide<VoucherClaim, VoucherOutcome>>[0], 'claim' | 'reversedKind'>,
): Decision<VoucherOutcome> | Refusal =>
  isCancelled(claim)
    ? { outcome: {}, stock: [] }
    : kindOf(claim).decide({ ...input, claim, reversedKind: reversedKindOf(claim) });

/** Known before any read, so that one call reads everything. */
export const claimReferences = (claim: VoucherClaim): ClaimReferences =>
  isCancelled(claim) ? { items: [], producers: [] } : kindOf(claim).references(claim);

/** The rules of the kind that the claim reverses, if they exist. */
export const reversedKindOf = (claim: VoucherClaim): ReversalRules | undefined => {
  const { reverses } = claimReferences(claim);
  return reverses && reversalRulesOf(reverses);
};

/** A voucher whose claim passes the test of a kind, such as `isSale`. */
export const hasClaim =
  <Claim extends VoucherClaim>(isOfKind: (claim: VoucherClaim) => claim is Claim) =>
  (voucher: Voucher): voucher is Voucher & { readonly claim: Claim } =>
    isOfKind(voucher.claim);

export const contextNeeds = (claim: VoucherClaim): ContextNeeds =>
  isCancelled(claim) ? {} : (kindOf(claim).needs?.(claim) ?? {});

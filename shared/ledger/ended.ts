import type { Refusal } from '../kernel/refusal.ts';
import { type EndedEntry, refuseEndedEntries } from '../registry/entry-status.ts';
import { isCancelled, type VoucherClaim } from './voucher.ts';

/** What still clears the goods and the till of a closed location or seller. */
const KINDS_AT_CLOSED_LOCATION: readonly string[] = ['C', 'A', 'D', 'K', 'H'];
/** What still clears, moves or takes back the goods of a discontinued item. */
const KINDS_OF_ENDED_ITEM: readonly string[] = ['C', 'A', 'D', 'V'];

/** A receipt of what another location sent: goods in transit must arrive somewhere. */
const isTransferReceipt = (claim: VoucherClaim): boolean =>
  claim.kind === 'R' && !isCancelled(claim) && 'dispatch' in claim.from;

const mayTakePart = (claim: VoucherClaim, { role }: EndedEntry): boolean => {
  if (role === 'location') return KINDS_AT_CLOSED_LOCATION.includes(claim.kind);
  if (role === 'seller') return KINDS_AT_CLOSED_LOCATION.includes(claim.kind) || isTransferReceipt(claim);
  if (role === 'items') return KINDS_OF_ENDED_ITEM.includes(claim.kind) || isTransferReceipt(claim);
  return role === 'producer' && claim.kind === 'V';
};

/** By the voucher's own day: what happened before the end is recorded when it arrives. */
export const refuseEnded = (
  claim: VoucherClaim,
  { ended = [] }: { readonly ended?: readonly EndedEntry[] | undefined },
): Refusal | undefined =>
  isCancelled(claim) ? undefined : refuseEndedEntries(ended.filter((entry) => !mayTakePart(claim, entry)));

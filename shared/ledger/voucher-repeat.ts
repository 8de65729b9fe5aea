import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { HeldId } from './held.ts';
import { isSettledMarker, refusalOfMarker } from './settled-marker.ts';
import type { Voucher, VoucherClaim } from './voucher.ts';
import { claimHashOf, identityOf, toVoucher } from './voucher-item.ts';

/** `repeated`: the ledger had the same claim before. */
export type RecordResult = { readonly did: 'recorded' | 'repeated'; readonly voucher: Voucher };

/** A voucher, or a marker of settled claims. */
type StoredItem = Record<string, unknown> | undefined;

type SubmittedClaim = Pick<Voucher, 'location' | 'number' | 'claim'>;

export const heldIdOf = (number: VoucherNumber, claim: VoucherClaim): HeldId =>
  HeldId.parse(`${number}-${Buffer.from(claimHashOf(claim)).toString('hex').slice(0, 12)}`);

/** The number is taken, or an officer settled the claim; `undefined` if neither. */
export const resultForTakenNumber = (
  stored: StoredItem,
  { location, number, claim }: SubmittedClaim,
  recordedBy?: string,
): RecordResult | Refusal | undefined =>
  stored && isSettledMarker(stored)
    ? refusalOfMarker(stored, { location, number, held: heldIdOf(number, claim) })
    : repeatOrConflict(stored, claim, recordedBy);

/** A voucher that this call recorded itself (`recordedBy`) is new: only its answer was lost. */
const repeatOrConflict = (stored: StoredItem, claim: VoucherClaim, recordedBy?: string): RecordResult | Refusal => {
  const found = identityOf(stored);
  if (Buffer.compare(found.claimHash, claimHashOf(claim)) !== 0)
    return refuse('VOUCHER_CONFLICT', 'This number is recorded with another claim; nothing was changed.');
  return { did: found.recordedBy === recordedBy ? 'recorded' : 'repeated', voucher: toVoucher(stored) };
};

/** A recorded claim stays a repeat, even if a check would refuse it now. */
export const repeatOrRefusal = (
  stored: StoredItem,
  submitted: SubmittedClaim,
  refusal: Refusal,
): RecordResult | Refusal => (stored === undefined ? refusal : (resultForTakenNumber(stored, submitted) ?? refusal));

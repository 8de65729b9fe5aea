import { isEndOfDay } from '../kernel/device-clock.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { dayOf, type Instant, startOfDay } from '../kernel/time.ts';
import { sequenceOf, timeOfSequence } from '../kernel/voucher-number.ts';
import { type EndedEntry, refuseEndedEntries } from '../registry/entry-status.ts';
import { isCancelled, kindOf, type Voucher, type VoucherClaim } from './voucher.ts';

/** When registry entries must be open for a voucher. A day without a time counts from its start. */
export const registryTimeOf = (voucher: Pick<Voucher, 'number' | 'claim' | 'admission'>): Instant => {
  const time = timeOfSequence(sequenceOf(voucher));
  return isEndOfDay(voucher.claim.occurredAt) ? startOfDay(dayOf(time)) : time;
};

/** A late voucher from before the end is recorded. */
export const refuseEnded = (
  claim: VoucherClaim,
  { ended = [] }: { readonly ended?: readonly EndedEntry[] | undefined },
): Refusal | undefined => {
  if (isCancelled(claim)) return undefined;
  const tolerated = kindOf(claim).mayFollowEndOf?.(claim) ?? [];
  return refuseEndedEntries(ended.filter(({ role }) => !tolerated.includes(role)));
};

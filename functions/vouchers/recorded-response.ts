import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { SameReference } from '../../shared/ledger/voucher.ts';
import type { RecordResult } from '../../shared/ledger/voucher-repeat.ts';
import { created, ok } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type RecordedResponseDeps = { readonly count: CountMetric };

/** `shared`: for a sale, others with its RRN. */
export const recordedResponse = (
  recorded: RecordResult | Refusal,
  { count }: RecordedResponseDeps,
  shared: { readonly sameReference?: SameReference[] } = {},
) => {
  if (isRefusal(recorded)) {
    count('VouchersRefused', 1);
    return recorded;
  }
  const isNew = recorded.did === 'recorded';
  count(isNew ? 'VouchersRecorded' : 'VouchersRepeated', 1);
  const answer = { ...recorded.voucher, ...shared };
  return isNew ? created(answer) : ok(answer);
};

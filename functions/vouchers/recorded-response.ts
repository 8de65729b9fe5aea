import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { RecordResult } from '../../shared/ledger/ledger-store.ts';
import { created, ok } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type RecordedResponseDeps = { readonly count: CountMetric };

export const recordedResponse = (recorded: RecordResult | Refusal, { count }: RecordedResponseDeps) => {
  if (isRefusal(recorded)) {
    count('VouchersRefused', 1);
    return recorded;
  }
  const isNew = recorded.did === 'recorded';
  count(isNew ? 'VouchersRecorded' : 'VouchersRepeated', 1);
  return isNew ? created(recorded.voucher) : ok(recorded.voucher);
};

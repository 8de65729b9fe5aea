import type { Composition, Recorded } from '../../shared/api/composition.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { created, ok } from '../../shared/platform/operation.ts';

/** What one voucher that was sent live came to, counted. */
export const sayRecorded = (recorded: Recorded | Refusal, { count }: Composition) => {
  if (isRefusal(recorded)) {
    count('VouchersRefused', 1);
    return recorded;
  }
  const isNew = recorded.did === 'recorded';
  count(isNew ? 'VouchersRecorded' : 'VouchersRepeated', 1);
  return isNew ? created(recorded.voucher) : ok(recorded.voucher);
};

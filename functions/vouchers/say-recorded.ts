import { isRefusal, type Refusal } from '../../shared/domain/refusal.ts';
import { created, ok } from '../../shared/middleware/operation.ts';
import type { Composition, Recorded } from '../../shared/runtime/composition.ts';

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

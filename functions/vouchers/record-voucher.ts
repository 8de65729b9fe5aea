import type { LiveVoucher } from '../../shared/contract/operations/vouchers.ts';
import { contract } from '../../shared/contract/operations.ts';
import { isRefusal, type Refusal } from '../../shared/domain/refusal.ts';
import { admitLive } from '../../shared/domain/vouchers/admit-live.ts';
import type { Admission } from '../../shared/domain/vouchers/decision.ts';
import type { Claim } from '../../shared/domain/vouchers/voucher.ts';
import { type Asked, created, ok, operation } from '../../shared/middleware/operation.ts';
import { AGAIN, type Composition, type Recorded, STALE, untilAnswered } from '../../shared/runtime/composition.ts';
import { recall } from './recall.ts';

/** Parse, allow, decide, commit: the one path of every kind. With a warm registry a stall's voucher reads nothing and writes once. */
export const recordVoucher = operation(contract.recordVoucher, async (asked, tools) => {
  const { count } = tools;
  const recorded = await record(asked, tools);
  if (isRefusal(recorded)) {
    count('VouchersRefused', 1);
    return recorded;
  }
  const isNew = recorded.did === 'recorded';
  count(isNew ? 'VouchersRecorded' : 'VouchersRepeated', 1);
  return isNew ? created(recorded.voucher) : ok(recorded.voucher);
});

type Recording = Asked<Pick<Parameters<typeof admitLive>[0], 'location' | 'number'>, unknown, LiveVoucher>;

/** Others may change what was read before it is written, such as the lots of a depot with many counters: then all is read and decided again. */
const record = ({ path, body, caller }: Recording, tools: Composition): Promise<Recorded | Refusal> => {
  const { ledger, clock } = tools;
  const { location, number } = path;
  const { claim, admission } = split(body);
  return untilAnswered(async () => {
    const recalled = await recall(path, claim, tools);
    const admitted = admitLive({ ...path, claim, admission, recalled, enteredBy: caller.sub, now: clock.now() });
    if (isRefusal(admitted)) return ledger.repeatOr(admitted, location, number, claim);
    const recorded = await ledger.record(admitted);
    return recorded === STALE ? AGAIN : recorded;
  });
};

/** What is said, and how it came in, are two things: only the first is compared with a repeat. */
const split = (body: LiveVoucher): { claim: Claim; admission: Admission } => {
  if (!('goodsInHand' in body)) return { claim: body, admission: { way: 'live', goodsInHand: false } };
  const { goodsInHand = false, ...claim } = body;
  return { claim, admission: { way: 'live', goodsInHand } };
};

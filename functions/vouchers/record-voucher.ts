import { contract } from '../../shared/contract/operations.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { refuseLive } from '../../shared/domain/vouchers/admit-live.ts';
import { skewOf } from '../../shared/domain/vouchers/order.ts';
import { created, ok, operation } from '../../shared/middleware/operation.ts';
import { record, split } from './record.ts';

/** Parse, allow, decide, commit: the one path of every kind. With a warm registry a stall's voucher reads nothing and writes once. */
export const recordVoucher = operation(contract.recordVoucher, async ({ path, body, caller }, tools) => {
  const { count, clock } = tools;
  const { claim, goodsInHand, sentAt } = split(body);
  const skew = skewOf(sentAt, clock.now());
  const admission = { way: 'live' as const, goodsInHand, ...(skew !== 0 && { skew }) };
  const recorded = await record({ ...path, claim, admission, enteredBy: caller.sub }, refuseLive, tools);
  if (isRefusal(recorded)) {
    count('VouchersRefused', 1);
    return recorded;
  }
  const isNew = recorded.did === 'recorded';
  count(isNew ? 'VouchersRecorded' : 'VouchersRepeated', 1);
  return isNew ? created(recorded.voucher) : ok(recorded.voucher);
});

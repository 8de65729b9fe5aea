import { contract } from '../../shared/contract/operations.ts';
import { refuseLive } from '../../shared/domain/vouchers/admit-live.ts';
import { skewOf } from '../../shared/domain/vouchers/order.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { record, split } from './record.ts';
import { sayRecorded } from './say-recorded.ts';

/** Parse, allow, decide, commit: the one path of every kind. With a warm registry a stall's voucher reads nothing and writes once. */
export const recordVoucher = operation(contract.recordVoucher, async ({ path, body, caller }, tools) => {
  const { claim, goodsInHand, sentAt } = split(body);
  const skew = skewOf(sentAt, tools.clock.now());
  const admission = { way: 'live' as const, goodsInHand, ...(skew !== 0 && { skew }) };
  return sayRecorded(await record({ ...path, claim, admission, enteredBy: caller.sub }, refuseLive, tools), tools);
});

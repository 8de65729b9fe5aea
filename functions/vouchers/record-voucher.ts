import { contract } from '../../shared/contract/operations.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { type Asking, refuseLive } from '../../shared/domain/vouchers/admit-live.ts';
import { admittedClock } from '../../shared/domain/vouchers/device-clock.ts';
import { refuseUndoing } from '../../shared/domain/vouchers/refuse-reversal.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { evaluateExchanges } from './evaluate-exchanges.ts';
import { ifProven } from './if-proven.ts';
import { record, split } from './record.ts';
import { sayRecorded } from './say-recorded.ts';

/** Parse, allow, decide, commit: the one path of every kind. With a warm registry a stall's voucher reads nothing and writes once. */
export const recordVoucher = operation(contract.recordVoucher, async ({ path, body, sent, caller }, tools) => {
  const { claim, goodsInHand, clock, proof } = split(body);
  const admission = { way: 'live' as const, goodsInHand, ...admittedClock(clock) };
  const mayNot = refuseUndoing(claim, caller.role);
  const proven = ifProven({ body: sent, proof }, refuseLive, tools);
  const refuse = (asked: Asking) => mayNot ?? proven(asked);
  const recorded = await record({ ...path, claim, admission, enteredBy: caller.sub }, refuse, tools);
  // A live sale spends no more than is left; a return may cover what was spent without a link.
  if (!isRefusal(recorded) && claim.kind === 'V') await evaluateExchanges(path.location, [recorded.voucher], tools);
  return sayRecorded(recorded, tools);
});

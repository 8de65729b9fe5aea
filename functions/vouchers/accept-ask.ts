import { contract } from '../../shared/contract/operations.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { refuseLive } from '../../shared/domain/vouchers/admit-live.ts';
import { admittedClock } from '../../shared/domain/vouchers/device-clock.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { ifProven } from './if-proven.ts';
import { record } from './record.ts';
import { sayRecorded } from './say-recorded.ts';
import { weighAsk } from './weigh-ask.ts';

/** A dispatch like any other, under a number of the giver's own terminal, but that it is recorded only while it is asked for. */
export const acceptAsk = operation(contract.acceptAsk, async ({ path, body, sent, caller }, tools) => {
  const { clock, proof, ...claim } = body;
  const admission = { way: 'live' as const, goodsInHand: false, asked: true as const, ...admittedClock(clock) };
  const said = { ...path, claim, admission, enteredBy: caller.sub };
  const refuse = ifProven({ body: sent, proof }, refuseLive, tools);
  const recorded = await record(said, refuse, tools, undefined, (admitted) => weighAsk(admitted, tools));
  if (!isRefusal(recorded) && recorded.did === 'recorded') tools.count('AsksAccepted', 1);
  return sayRecorded(recorded, tools);
});

import { contract } from '../../shared/api/contract.ts';
import { admittedClock } from '../../shared/kernel/device-clock.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { refuseLive } from '../../shared/ledger/admit-live.ts';
import { operation } from '../../shared/platform/operation.ts';
import { weighAsk } from './check-transfer-request.ts';
import { record } from './record.ts';
import { sayRecorded } from './recorded-response.ts';
import { ifProven } from './verify-proof.ts';

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

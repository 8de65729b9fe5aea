import { type Composition, heldId } from '../../shared/api/composition.ts';
import { contract } from '../../shared/api/contract.ts';
import { admittedClock } from '../../shared/kernel/device-clock.ts';
import { isRefusal, type Refusal, type RefusalFacts, refuse } from '../../shared/kernel/refusal.ts';
import { type Asking, refuseLive } from '../../shared/ledger/admit-live.ts';
import { customerOf } from '../../shared/ledger/customer.ts';
import { problemIn } from '../../shared/ledger/held.ts';
import { refuseUndoing } from '../../shared/ledger/kinds/refuse-reversal.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { operation } from '../../shared/platform/operation.ts';
import { evaluateExchanges } from './evaluate-exchanges.ts';
import { sayHeld } from './held-alerts.ts';
import { record, split } from './record.ts';
import { sayRecorded } from './recorded-response.ts';
import { ifProven } from './verify-proof.ts';

/** Parse, allow, decide, commit: the one path of every kind. With a warm registry a stall's voucher reads nothing and writes once. */
export const recordVoucher = operation(contract.recordVoucher, async ({ path, body, sent, caller }, tools) => {
  const { claim, goodsInHand, confirmed, phone, clock, proof } = split(body);
  const admission = {
    ...{ way: 'live' as const, goodsInHand },
    ...(confirmed && { confirmed: true as const }),
    ...admittedClock(clock),
  };
  const mayNot = refuseUndoing(claim, caller.role);
  const proven = ifProven({ body: sent, proof }, refuseLive, tools);
  const refused = (asked: Asking) => mayNot ?? proven(asked);
  const said = { ...path, claim, admission, enteredBy: caller.sub };
  const recorded = await record(said, refused, tools, undefined, undefined, phone);
  // A live sale spends no more than is left; a return may cover what was spent without a link.
  if (!isRefusal(recorded) && claim.kind === 'V') await evaluateExchanges(path.location, [recorded.voucher], tools);
  const waits = isRefusal(recorded) && recorded.refused === 'APPROVAL_NEEDED';
  return sayRecorded(waits ? await holdForApproval({ ...said, phone }, recorded, tools) : recorded, tools);
});

/** Nothing is lost while an officer is asked: it is held as an offline one would be, and sent again it is the same one. */
const holdForApproval = async (
  {
    location,
    number,
    claim,
    admission,
    enteredBy,
    phone,
  }: Pick<Voucher, 'location' | 'number' | 'claim' | 'admission' | 'enteredBy'> & {
    readonly phone: string | undefined;
  },
  refusal: Refusal,
  tools: Composition,
): Promise<Refusal> => {
  const held = heldId(number, claim);
  const kept = await tools.held.hold({
    ...{ held, location, number, claim, state: 'held', version: 1 },
    ...(admission.skew !== undefined && { skew: admission.skew }),
    ...(admission.within !== undefined && { within: admission.within }),
    ...{ problem: problemIn(refusal), enteredBy, heldAt: tools.clock.now() },
  });
  const customer = phone === undefined ? undefined : customerOf(phone, claim.occurredAt, tools.clock.now());
  if (customer && kept.state === 'held') await tools.customers.keep({ location, number }, customer);
  await sayHeld(kept, tools);
  if (kept.state !== 'held') return refuse('HELD_STATE', `It is ${kept.state} already.`, { state: kept.state });
  tools.count('VouchersHeld', 1);
  return { ...refusal, facts: { ...refusal.facts, held } as RefusalFacts['APPROVAL_NEEDED'] };
};

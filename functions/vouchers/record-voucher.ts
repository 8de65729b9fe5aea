import { clockAdmissionFields } from '../../shared/kernel/device-clock.ts';
import type { RefusalFacts } from '../../shared/kernel/problems.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { refuseLive, type SubmissionWithTerminal } from '../../shared/ledger/admit-live.ts';
import { customerOf } from '../../shared/ledger/customer.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import { heldProblemOf } from '../../shared/ledger/held.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import { refuseUndoReturn } from '../../shared/ledger/kinds/refuse-reversal.ts';
import { isReversal } from '../../shared/ledger/kinds/reversal.ts';
import type { PaymentReferenceStore } from '../../shared/ledger/payment-reference-store.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import * as contract from '../../shared/ledger/voucher-contract.ts';
import { heldIdOf } from '../../shared/ledger/voucher-repeat.ts';
import { operation } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { decideAndRecord, type RecordDeps, splitBody } from './decide-and-record.ts';
import {
  type EvaluateExchangesDeps,
  evaluateExchanges,
  evaluateHeld,
  type HeldAlertsDeps,
} from './evaluate-voucher-alerts.ts';
import { type RecordedResponseDeps, recordedResponse } from './recorded-response.ts';
import { type VerifyProofDeps, withProofCheck } from './verify-proof.ts';

type RecordVoucherDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly customers: CustomerStore;
  readonly held: HeldStore;
  readonly paymentReferences: PaymentReferenceStore;
} & EvaluateExchangesDeps &
  HeldAlertsDeps &
  RecordDeps &
  RecordedResponseDeps &
  VerifyProofDeps;

/** With a warm cache, a stall's voucher reads nothing and writes once. */
export const recordVoucher = operation(
  contract.recordVoucher,
  async ({ path, body, sent, caller }, deps: RecordVoucherDeps) => {
    const { claim, goodsInHand, confirmed, phone, clock, proof } = splitBody(body);
    const admission = {
      way: 'live' as const,
      goodsInHand,
      ...(confirmed && { confirmed: true as const }),
      ...clockAdmissionFields(clock),
    };
    const roleRefusal = refuseUndoReturn(claim, caller.role);
    const proven = withProofCheck({ body: sent, proof }, refuseLive, deps);
    const refused = (submission: SubmissionWithTerminal) => roleRefusal ?? proven(submission);
    const submitted = { ...path, claim, admission, enteredBy: caller.sub };
    const recorded = await decideAndRecord(submitted, refused, deps, undefined, undefined, phone);
    // A return may cover what was spent offline.
    if (!isRefusal(recorded) && isReversal(claim)) await evaluateExchanges(path.location, [recorded.voucher], deps);
    const waits = isRefusal(recorded) && recorded.refused === 'APPROVAL_NEEDED';
    const shared = isRefusal(recorded) ? {} : await deps.paymentReferences.keep(recorded.voucher);
    return recordedResponse(
      waits ? await holdForApproval({ ...submitted, phone }, recorded, deps) : recorded,
      deps,
      shared,
    );
  },
);

/** A repeat returns the same held voucher. */
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
  deps: RecordVoucherDeps,
): Promise<Refusal> => {
  const held = heldIdOf(number, claim);
  const heldVoucher = await deps.held.hold({
    held,
    location,
    number,
    claim,
    state: 'held',
    version: 1,
    ...(admission.skew !== undefined && { skew: admission.skew }),
    ...(admission.within !== undefined && { within: admission.within }),
    problem: heldProblemOf(refusal),
    enteredBy,
    heldAt: deps.clock.now(),
  });
  const customer = phone === undefined ? undefined : customerOf(phone, claim.occurredAt, deps.clock.now());
  if (customer && heldVoucher.state === 'held') await deps.customers.keep({ location, number }, customer);
  await evaluateHeld(heldVoucher, deps);
  if (heldVoucher.state !== 'held')
    return refuse('HELD_STATE', `The held voucher is ${heldVoucher.state} already.`, { state: heldVoucher.state });
  deps.count('VouchersHeld', 1);
  return { ...refusal, facts: { ...refusal.facts, held } as RefusalFacts['APPROVAL_NEEDED'] };
};

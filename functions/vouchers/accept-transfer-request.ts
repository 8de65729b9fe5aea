import { contract } from '../../shared/api/contract.ts';
import { admittedClock } from '../../shared/kernel/device-clock.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { refuseLive } from '../../shared/ledger/admit-live.ts';
import { operation } from '../../shared/platform/operation.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import { type CheckTransferRequestDeps, weighAsk } from './check-transfer-request.ts';
import { type RecordDeps, record } from './record.ts';
import { type RecordedResponseDeps, sayRecorded } from './recorded-response.ts';
import { ifProven, type VerifyProofDeps } from './verify-proof.ts';

type AcceptTransferRequestDeps = { readonly count: Count } & CheckTransferRequestDeps &
  RecordDeps &
  RecordedResponseDeps &
  VerifyProofDeps;

/** A dispatch like any other, under a number of the giver's own terminal, but that it is recorded only while it is asked for. */
export const acceptTransferRequest = operation(
  contract.acceptTransferRequest,
  async ({ path, body, sent, caller }, deps: AcceptTransferRequestDeps) => {
    const { clock, proof, ...claim } = body;
    const admission = { way: 'live' as const, goodsInHand: false, asked: true as const, ...admittedClock(clock) };
    const said = { ...path, claim, admission, enteredBy: caller.sub };
    const refuse = ifProven({ body: sent, proof }, refuseLive, deps);
    const recorded = await record(said, refuse, deps, undefined, (admitted) => weighAsk(admitted, deps));
    if (!isRefusal(recorded) && recorded.did === 'recorded') deps.count('AsksAccepted', 1);
    return sayRecorded(recorded, deps);
  },
);

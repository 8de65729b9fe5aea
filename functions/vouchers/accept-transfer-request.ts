import { clockAdmissionFields } from '../../shared/kernel/device-clock.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { refuseLive } from '../../shared/ledger/admit-live.ts';
import { operation } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import * as contract from '../../shared/replenishment/transfer-request-contract.ts';
import { type CheckTransferRequestDeps, checkTransferRequest } from './check-transfer-request.ts';
import { decideAndRecord, type RecordDeps } from './decide-and-record.ts';
import { type RecordedResponseDeps, recordedResponse } from './recorded-response.ts';
import { type VerifyProofDeps, withProofCheck } from './verify-proof.ts';

type AcceptTransferRequestDeps = { readonly count: CountMetric } & CheckTransferRequestDeps &
  RecordDeps &
  RecordedResponseDeps &
  VerifyProofDeps;

/** Uses the next number of the supplier's own terminal. */
export const acceptTransferRequest = operation(
  contract.acceptTransferRequest,
  async ({ path, body, sent, caller }, deps: AcceptTransferRequestDeps) => {
    const { clock, proof, ...claim } = body;
    const admission = {
      way: 'live' as const,
      goodsInHand: false,
      asked: true as const,
      ...clockAdmissionFields(clock),
    };
    const submitted = { ...path, claim, admission, enteredBy: caller.sub };
    const refuse = withProofCheck({ body: sent, proof }, refuseLive, deps);
    const recorded = await decideAndRecord(submitted, refuse, deps, undefined, (admitted) =>
      checkTransferRequest(admitted, deps),
    );
    if (!isRefusal(recorded) && recorded.did === 'recorded') deps.count('TransferRequestsAccepted', 1);
    return recordedResponse(recorded, deps);
  },
);

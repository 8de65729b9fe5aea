import type { Caller } from '../../shared/kernel/access.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import {
  isIssuer,
  MAX_CODE_TRIES,
  type PendingConfirmation,
  refuseIssuer,
  refuseVoidCode,
  refuseWrongCode,
} from '../../shared/materials/confirmation.ts';
import type { CodeStore, ConfirmationCounts } from '../../shared/materials/confirmation-store.ts';
import { issuerShareAt } from '../../shared/materials/entitlement-service.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import * as contract from '../../shared/materials/request-contract.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { confirm } from '../../shared/materials/request-transitions.ts';
import { operation } from '../../shared/platform/operation.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type RefusePinDeps, refusePin } from './check-pin.ts';
import {
  type DepotInReachDeps,
  type DepotServesDeps,
  hasAccessToDepot,
  isPinAllowed,
  refuseNotServed,
} from './depot-serves.ts';
import {
  type RefuseMoverDeps,
  refuseMover,
  type TransitionRequestDeps,
  transitionRequest,
} from './transition-request.ts';

type ConfirmRequestDeps = {
  readonly clock: Clock;
  readonly codes: CodeStore;
  readonly confirmations: ConfirmationCounts;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
} & DepotInReachDeps &
  DepotServesDeps &
  RefuseMoverDeps &
  RefusePinDeps &
  TransitionRequestDeps;

export const confirmRequest = operation(
  contract.confirmRequest,
  async ({ path, body, caller, ifMatch }, deps: ConfirmRequestDeps) => {
    const found = await deps.requests.findWithCode(path.number);
    const isOwn =
      found?.request.producer === path.producer && (await hasAccessToDepot(caller, found.request.depot, deps));
    return transitionRequest(
      isOwn ? found.request : undefined,
      ifMatch,
      async (current) => {
        const at = deps.clock.now();
        const why = body.proof === 'signature' ? body.signature : undefined;
        const { proof, by: staff } = body;
        const byIssuer = proof === 'signature' && isIssuer(current, { account: caller.sub, staff });
        const staffFields = { ...(staff && { staff }), ...(byIssuer && { byIssuer: true as const }) };
        const details = { at, by: caller.sub, proof, why, ...staffFields };
        const next = confirm(current, details);
        // State first, so that no try is wasted.
        if (isRefusal(next)) return next;
        const refused = await refuseProof(current, found?.confirmation, body, caller, deps);
        if (refused) return refused;
        const count = { depot: current.depot, at, proof, byIssuer };
        if (!byIssuer) return { ...next, confirmation: count };
        const expected = await deps.confirmations.of(current.depot, at);
        return (
          refuseIssuer(expected, await issuerShareAt(current.depot, deps)) ?? {
            ...next,
            confirmation: { ...count, expected },
          }
        );
      },
      deps,
    );
  },
);

const refuseProof = async (
  request: MaterialRequest,
  confirmation: PendingConfirmation | undefined,
  submitted: ConfirmationProof,
  caller: Caller,
  deps: ConfirmRequestDeps,
): Promise<Refusal | typeof CONFLICT | undefined> => {
  const { role } = caller;
  if (submitted.proof !== 'code' && role === 'producer')
    return refuse('FORBIDDEN', 'A producer confirms with the code; card and signature are for the depot.');
  const notStaff = await refuseMover(caller, submitted.by, request.depot, deps);
  if (notStaff) return notStaff;
  switch (submitted.proof) {
    case 'signature':
      return undefined;
    case 'card': {
      if (role === 'depot' && !(await isPinAllowed(request, deps))) return refuseNotServed(request.producer);
      return refusePin({ ...request, card: submitted.card }, deps);
    }
    case 'code': {
      const isVoid = refuseVoidCode(confirmation, deps.clock.now());
      if (isVoid) return isVoid;
      const attempt = await deps.codes.takeTry(request);
      if (attempt === CONFLICT) return CONFLICT;
      return attempt
        ? refuseWrongCode(attempt, submitted.code)
        : refuse('CODE_VOID', `The code is void after ${MAX_CODE_TRIES} wrong tries.`);
    }
  }
};

import { contract } from '../../shared/api/contract.ts';
import type { Caller } from '../../shared/kernel/access.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import {
  MAX_CODE_TRIES,
  type PendingConfirmation,
  refuseVoidCode,
  refuseWrongCode,
} from '../../shared/materials/confirmation.ts';
import type { CodeStore } from '../../shared/materials/confirmation-code-store.ts';
import type { ConfirmationCounts } from '../../shared/materials/confirmation-count-store.ts';
import { issuerShareAt } from '../../shared/materials/issuer-share-service.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { confirm } from '../../shared/materials/request-transitions.ts';
import { isIssuer, refuseIssuer } from '../../shared/materials/separation-of-duties.ts';
import { operation } from '../../shared/platform/operation.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type RefusePinDeps, refusePin } from './check-pin.ts';
import {
  type DepotInReachDeps,
  type DepotServesDeps,
  hasAccessToDepot,
  isPinAllowed,
  refuseNotServed,
} from './depot-serves.ts';
import { type RefuseMoverDeps, refuseMover } from './refuse-mover.ts';
import { type TransitionRequestDeps, transitionRequest } from './transition-request.ts';

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
    const theirs =
      found?.request.producer === path.producer && (await hasAccessToDepot(caller, found.request.depot, deps));
    return retry(async () => {
      const confirmed = await transitionRequest(
        theirs ? found.request : undefined,
        ifMatch,
        async (standing) => {
          const at = deps.clock.now();
          const why = body.proof === 'signature' ? body.signature : undefined;
          const { proof, by: staff } = body;
          const byIssuer = proof === 'signature' && isIssuer(standing, { account: caller.sub, staff });
          const said = { ...(staff && { staff }), ...(byIssuer && { byIssuer: true as const }) };
          const doing = { at, by: caller.sub, proof, why, ...said };
          const next = confirm(standing, doing);
          // First the state, so that no try is wasted.
          if (isRefusal(next)) return next;
          const refused = await refuseProof(standing, found?.confirmation, body, caller, deps);
          if (refused) return refused;
          const counted = { depot: standing.depot, at, proof, byIssuer };
          if (!byIssuer) return { ...next, confirmation: counted };
          const expected = await deps.confirmations.of(standing.depot, at);
          return (
            refuseIssuer(expected, await issuerShareAt(standing.depot, deps)) ?? {
              ...next,
              confirmation: { ...counted, expected },
            }
          );
        },
        deps,
      );
      // The depot's counts changed, not the request: decide again.
      return isRefusal(confirmed) && isConflictAtVersion(confirmed, ifMatch) ? RETRY : confirmed;
    });
  },
);

const isConflictAtVersion = ({ refused, facts }: Refusal, version: number | undefined): boolean =>
  refused === 'VERSION_MISMATCH' && facts !== undefined && 'version' in facts && facts.version === version;

const refuseProof = async (
  request: MaterialRequest,
  confirmation: PendingConfirmation | undefined,
  said: ConfirmationProof,
  caller: Caller,
  deps: ConfirmRequestDeps,
): Promise<Refusal | typeof CONFLICT | undefined> => {
  const { role } = caller;
  if (said.proof !== 'code' && role === 'producer')
    return refuse('FORBIDDEN', 'A producer confirms with the code; card and signature are for the depot.');
  const stranger = await refuseMover(caller, said.by, request.depot, deps);
  if (stranger) return stranger;
  switch (said.proof) {
    case 'signature':
      return undefined;
    case 'card': {
      if (role === 'depot' && !(await isPinAllowed(request, deps))) return refuseNotServed(request.producer);
      return refusePin({ ...request, card: said.card }, deps);
    }
    case 'code': {
      const isVoid = refuseVoidCode(confirmation, deps.clock.now());
      if (isVoid) return isVoid;
      const tried = await deps.codes.takeTry(request);
      if (tried === CONFLICT) return CONFLICT;
      return tried
        ? refuseWrongCode(tried, said.code)
        : refuse('CODE_VOID', `The code is void after ${MAX_CODE_TRIES} wrong tries.`);
    }
  }
};

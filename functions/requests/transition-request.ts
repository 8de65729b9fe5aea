import type { Version } from '../../shared/kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { RequestEffects } from '../../shared/materials/request-transitions.ts';
import { type OperationReply, ok } from '../../shared/platform/operation.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';

type TransitionDecision = RequestEffects | Refusal | typeof CONFLICT;

export type TransitionRequestDeps = { readonly requests: RequestStore };

/** Decided and written on the caller's version. */
export const transitionRequest = async (
  request: MaterialRequest | undefined,
  ifMatch: Version | undefined,
  decide: (request: MaterialRequest) => Promise<TransitionDecision> | TransitionDecision,
  { requests }: TransitionRequestDeps,
): Promise<OperationReply<MaterialRequest> | Refusal> => {
  if (!request) return refuse('NOT_FOUND', 'There is no such request here.');
  if (ifMatch === undefined)
    return refuse('PRECONDITION_REQUIRED', `The request is at version ${request.version}: send it in If-Match.`);
  if (ifMatch !== request.version) return refuseChangedRequest(request.version, ifMatch);
  const effects = await decide(request);
  const result = effects === CONFLICT || isRefusal(effects) ? effects : await requests.change(effects);
  if (result === CONFLICT)
    return refuseChangedRequest((await requests.find(request.request))?.version ?? ifMatch, ifMatch);
  return isRefusal(result) ? result : ok(result);
};

const refuseChangedRequest = (version: Version, ifMatch: Version): Refusal =>
  refuse('VERSION_MISMATCH', `The request is at version ${version} (got ${ifMatch}).`, { version });

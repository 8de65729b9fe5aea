import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { refuseVoidCode } from '../../shared/materials/confirmation.ts';
import * as contract from '../../shared/materials/request-contract.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { type DepotInReachDeps, hasAccessToDepot } from './depot-serves.ts';

type GetRequestDeps = { readonly clock: Clock; readonly requests: RequestStore } & DepotInReachDeps;

/** Only the producer sees the code: the issuer must hear it from them. */
export const getRequest = operation(contract.getRequest, async ({ path, caller }, deps: GetRequestDeps) => {
  const { producer, number } = path;
  const found = await deps.requests.findWithCode(number);
  if (found?.request.producer !== producer || !(await hasAccessToDepot(caller, found.request.depot, deps)))
    return refuse('NOT_FOUND', `${producer} has no request ${number}.`);
  const { request, confirmation } = found;
  if (caller.role !== 'producer' || !confirmation || refuseVoidCode(confirmation, deps.clock.now())) return ok(request);
  return ok({ ...request, confirmWith: { code: confirmation.code, until: confirmation.until } });
});

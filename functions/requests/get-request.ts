import { contract } from '../../shared/api/contract.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { refuseVoid } from '../../shared/materials/confirmation.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { reachesDepot } from './depot-in-reach.ts';

/** The code is the producer's own: whoever hands the material over must hear it from them. One that is good no more is not shown. */
export const getRequest = operation(contract.getRequest, async ({ path, caller }, tools) => {
  const { producer, number } = path;
  const found = await tools.requests.findWithCode(number);
  if (found?.request.producer !== producer || !(await reachesDepot(caller, found.request.depot, tools)))
    return refuse('NOT_FOUND', `${producer} has no request ${number}.`);
  const { request, confirmation } = found;
  if (caller.role !== 'producer' || !confirmation || refuseVoid(confirmation, tools.clock.now())) return ok(request);
  return ok({ ...request, confirmWith: { code: confirmation.code, until: confirmation.until } });
});

import type { Caller } from '../../shared/kernel/access.ts';
import type { StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Version } from '../../shared/kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { StaffAssignment } from '../../shared/ledger/decision.ts';
import { refuseStranger, staffAt } from '../../shared/ledger/staff-check.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { RequestEffects } from '../../shared/materials/request-transitions.ts';
import { type OperationReply, ok } from '../../shared/platform/operation.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type TransitionDecision = RequestEffects | Refusal | typeof CONFLICT;

export type TransitionRequestDeps = { readonly requests: RequestStore };

/** `decide` runs again if the counts that it read have changed. */
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
  return retry(async () => {
    const effects = await decide(request);
    const result = effects === CONFLICT || isRefusal(effects) ? effects : await requests.change(effects);
    if (result !== CONFLICT) return isRefusal(result) ? result : ok(result);
    const current = await requests.find(request.request);
    // The depot's confirmation counts changed, not the request.
    return current?.version === ifMatch ? RETRY : refuseChangedRequest(current?.version ?? ifMatch, ifMatch);
  });
};

const refuseChangedRequest = (version: Version, ifMatch: Version): Refusal =>
  refuse('VERSION_MISMATCH', `The request is at version ${version} (got ${ifMatch}).`, { version });

export type RefuseMoverDeps = { readonly clock: Clock; readonly registry: RegistryStore };

/** A depot's account must name staff who work there. Producers name nobody. */
export const refuseMover = async (
  { role }: Caller,
  by: StaffId | undefined,
  depot: StockLocationId,
  { registry, clock }: RefuseMoverDeps,
): Promise<Refusal | undefined> => {
  if (by === undefined) {
    if (role !== 'depot') return undefined;
    const fields = [{ path: 'by', problem: 'is required: the member of staff at the counter' }];
    return refuse('INVALID_REQUEST', 'A depot names its member of staff in `by`.', { fields });
  }
  if (role === 'producer') {
    const fields = [{ path: 'by', problem: "is only for a depot's staff" }];
    return refuse('INVALID_REQUEST', "A producer's phone must leave out `by`.", { fields });
  }
  const district = (await registry.entry('depots', depot))?.entry.district;
  return refuseStranger(by, { staff: await staffEntries([by], { registry, clock }), location: depot, district });
};

export const staffEntries = async (
  people: readonly StaffId[],
  { registry, clock }: RefuseMoverDeps,
): Promise<ReadonlyMap<StaffId, StaffAssignment>> => staffAt(await registry.entries('staff', people), clock.now());

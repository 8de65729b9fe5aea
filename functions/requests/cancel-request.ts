import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import * as contract from '../../shared/materials/request-contract.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { cancel } from '../../shared/materials/request-transitions.ts';
import { operation } from '../../shared/platform/operation.ts';
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

type CancelRequestDeps = { readonly clock: Clock; readonly requests: RequestStore } & DepotInReachDeps &
  DepotServesDeps &
  RefuseMoverDeps &
  RefusePinDeps &
  TransitionRequestDeps;

/** At a counter the producer proves presence with card and PIN. */
export const cancelRequest = operation(
  contract.cancelRequest,
  async ({ path, body, caller, ifMatch }, deps: CancelRequestDeps) => {
    const { producer, number } = path;
    const found = await deps.requests.find(number);
    const isOwn = found?.producer === producer && (await hasAccessToDepot(caller, found.depot, deps));
    const details = { at: deps.clock.now(), by: caller.sub, why: body.why, ...(body.by && { staff: body.by }) };
    return transitionRequest(
      isOwn ? found : undefined,
      ifMatch,
      async (current) => {
        const cancelled = cancel(current, details);
        if (isRefusal(cancelled)) return cancelled;
        const checkStaff = () => refuseMover(caller, body.by, current.depot, deps);
        if (caller.role !== 'depot') return (await checkStaff()) ?? cancelled;
        if (!body.card)
          return refuse('FORBIDDEN', "A depot can cancel a request only with its producer's card and PIN.");
        if (!(await isPinAllowed(current, deps))) return refuseNotServed(producer);
        return (
          (await checkStaff()) ??
          (await refusePin({ producer, card: body.card, depot: current.depot }, deps)) ??
          cancelled
        );
      },
      deps,
    );
  },
);

import type { Clock } from '../../shared/kernel/time.ts';
import * as contract from '../../shared/materials/depot-request-contract.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { reject } from '../../shared/materials/request-transitions.ts';
import { operation } from '../../shared/platform/operation.ts';
import {
  type RefuseMoverDeps,
  refuseMover,
  type TransitionRequestDeps,
  transitionRequest,
} from './transition-request.ts';

type RejectRequestDeps = { readonly clock: Clock; readonly requests: RequestStore } & RefuseMoverDeps &
  TransitionRequestDeps;

export const rejectRequest = operation(
  contract.rejectRequest,
  async ({ path, body, caller, ifMatch }, deps: RejectRequestDeps) => {
    const found = await deps.requests.find(path.number);
    const request = found?.depot === path.depot ? found : undefined;
    const { why, by } = body;
    const details = { at: deps.clock.now(), by: caller.sub, why, ...(by && { staff: by }) };
    return transitionRequest(
      request,
      ifMatch,
      async (current) => (await refuseMover(caller, by, current.depot, deps)) ?? reject(current, details),
      deps,
    );
  },
);

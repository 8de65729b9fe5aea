import type { ItemId } from '../../shared/kernel/ids.ts';
import { isRefusal, lineProblems, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { toBaseUnitLines } from '../../shared/ledger/base-unit-lines.ts';
import { refuseBareNumbers } from '../../shared/ledger/entry-errors.ts';
import { lineQuantities } from '../../shared/ledger/line-quantities.ts';
import { REQUEST_LINES } from '../../shared/ledger/plausibility.ts';
import * as contract from '../../shared/materials/depot-request-contract.ts';
import type { OpenAccounts } from '../../shared/materials/entitlement-service.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { approve } from '../../shared/materials/request-transitions.ts';
import { operation } from '../../shared/platform/operation.ts';
import { endedEntries, refuseEndedEntries } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import {
  type RefuseMoverDeps,
  refuseMover,
  type TransitionRequestDeps,
  transitionRequest,
} from './transition-request.ts';

type ApproveRequestDeps = {
  readonly clock: Clock;
  readonly openAccounts: OpenAccounts;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
} & RefuseMoverDeps &
  TransitionRequestDeps;

export const approveRequest = operation(
  contract.approveRequest,
  async ({ path, body, caller, ifMatch }, deps: ApproveRequestDeps) => {
    const { registry, requests, clock } = deps;
    const found = await requests.find(path.number);
    const request = found?.depot === path.depot ? found : undefined;
    const { lines, why, by } = body;
    const details = { at: clock.now(), by: caller.sub, why, ...(by && { staff: by }) };
    return transitionRequest(
      request,
      ifMatch,
      async (current) => {
        const notStaff = await refuseMover(caller, by, current.depot, deps);
        if (notStaff) return notStaff;
        const notRequested = itemsNotRequested(current, lines ?? []);
        if (notRequested.length > 0)
          return refuse('INVALID_REQUEST', 'Only requested items can be approved.', { fields: notRequested });
        const items = await registry.entries(
          'items',
          current.lines.map(({ item }) => item),
        );
        const sellers = await registry.entries(
          'sellers',
          [...items.values()].map(({ entry }) => entry.seller),
        );
        const ended = endedEntries(details.at, {
          seller: [...sellers].map(([id, { entry }]) => [id, entry]),
          producer: await entriesOf(deps, 'producers', current.producer),
          location: await entriesOf(deps, 'depots', current.depot),
          items: [...items].map(([id, { entry }]) => [id, entry]),
        });
        const refusedEnded = refuseEndedEntries(ended);
        if (refusedEnded) return refusedEnded;
        const registered = { items: new Map([...items].map(([id, { entry }]) => [id, entry])) };
        const bareNumbers = refuseBareNumbers(lineQuantities(lines ?? []), REQUEST_LINES, {
          ...registered,
          location: current.depot,
        });
        if (bareNumbers) return bareNumbers;
        const granted = lines && toBaseUnitLines(lines, registered);
        if (granted && isRefusal(granted)) return granted;
        await deps.openAccounts([{ ...current, items: current.lines.map(({ item }) => item) }]);
        return approve(current, details, granted?.lines);
      },
      deps,
    );
  },
);

const entriesOf = async (
  { registry }: ApproveRequestDeps,
  kind: 'producers' | 'depots',
  id: string,
): Promise<(readonly [string, object])[]> => {
  const found = await registry.entry(kind, id);
  return found ? [[id, found.entry]] : [];
};

const itemsNotRequested = (request: MaterialRequest, lines: readonly { readonly item: ItemId }[]) =>
  lineProblems(lines, 'item', ({ item }) =>
    request.lines.some((line) => line.item === item) ? undefined : `${item} is not in the request`,
  );

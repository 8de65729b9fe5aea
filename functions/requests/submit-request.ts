import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { decideRequestSubmission } from '../../shared/ledger/request-submission.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestedDepotStore } from '../../shared/materials/passbook-store.ts';
import * as contract from '../../shared/materials/request-contract.ts';
import { type RequestSubmissionResult, repeatOrRefusal } from '../../shared/materials/request-repeat.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { created, type OperationReply, ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { TerminalKeys } from '../../shared/registry/terminal-key-cache.ts';
import { type RefusePinDeps, refusePin } from './check-pin.ts';
import {
  type DepotInReachDeps,
  type DepotServesDeps,
  hasAccessToDepot,
  isServedByDepot,
  refuseNotServed,
} from './depot-serves.ts';
import { type RefuseMoverDeps, staffEntries } from './transition-request.ts';

type SubmitRequestDeps = {
  readonly requestedDepots: RequestedDepotStore;
  readonly clock: Clock;
  readonly keys: TerminalKeys;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
} & DepotInReachDeps &
  DepotServesDeps &
  RefuseMoverDeps &
  RefusePinDeps;

export const submitRequest = operation(
  contract.submitRequest,
  async ({ path, body, sent, caller }, deps: SubmitRequestDeps) => {
    const { card, proof, confirmed = false, ...claim } = body;
    const { registry, requests, keys, clock } = deps;
    if (!(await hasAccessToDepot(caller, body.depot, deps)))
      return refuse('FORBIDDEN', `This account can submit requests only at its own depots (got ${body.depot}).`);
    const { producer, number } = path;
    const itemIds = body.lines.map(({ item }) => item);
    await registry.recollect([
      { kind: 'terminals', id: partsOf(number).terminal },
      { kind: 'producers', id: producer },
      { kind: 'depots', id: body.depot },
      { kind: 'staff', id: claim.by },
      ...itemIds.map((id) => ({ kind: 'items' as const, id })),
    ]);
    const items = await registry.entries('items', itemIds);
    const products = await registry.entries(
      'products',
      [...items.values()].map(({ entry }) => entry.product),
    );
    const sellers = await registry.entries(
      'sellers',
      [...items.values()].map(({ entry }) => entry.seller),
    );
    const terminal = (await registry.entry('terminals', partsOf(number).terminal))?.entry;
    const request = decideRequestSubmission({
      number,
      producer,
      claim,
      enteredBy: caller.sub,
      role: caller.role,
      confirmed,
      now: clock.now(),
      isProven: keys.isProven(terminal?.key, { place: producer, number, body: sent, proof }),
      context: {
        terminal,
        producer: (await registry.entry('producers', producer))?.entry,
        depot: (await registry.entry('depots', body.depot))?.entry,
        items: new Map([...items].map(([id, { entry }]) => [id, entry])),
        sellers: new Map([...sellers].map(([id, { entry }]) => [id, entry])),
        staff: await staffEntries([claim.by], deps),
        materials: new Set(
          [...items].filter(([, { entry }]) => products.get(entry.product)?.entry.material).map(([id]) => id),
        ),
      },
    });
    const repeatOr = async (refusal: Refusal) =>
      replyOf(repeatOrRefusal(await requests.findSubmission(number), { producer, claim }, refusal));
    if (isRefusal(request)) return repeatOr(request);
    const serves = await isServedByDepot(body.depot, producer, deps);
    const refusal =
      caller.role === 'depot' && !serves
        ? refuseNotServed(producer)
        : card && (await refusePin({ producer, card, depot: body.depot }, deps));
    // A repeat gets its answer, even if the PIN is wrong by now.
    if (refusal) return repeatOr(refusal);
    const via = card && request.via === 'counter' ? 'card' : request.via;
    if (!serves && via !== 'counter') await deps.requestedDepots.add(producer, body.depot);
    return replyOf(await requests.submit({ ...request, via }, claim));
  },
);

const replyOf = (submitted: RequestSubmissionResult | Refusal): OperationReply<MaterialRequest> | Refusal => {
  if (isRefusal(submitted)) return submitted;
  return submitted.did === 'recorded' ? created(submitted.request) : ok(submitted.request);
};

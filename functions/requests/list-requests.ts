import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { QueuedRequest } from '../../shared/materials/depot-request-contract.ts';
import * as contract from '../../shared/materials/depot-request-contract.ts';
import type { OpenAccounts } from '../../shared/materials/entitlement-service.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { isUnconfirmed, servableQuantities } from '../../shared/materials/reservation.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

type ListRequestsDeps = {
  readonly clock: Clock;
  readonly lookAtAccounts: OpenAccounts;
  readonly requests: RequestStore;
  readonly stock: StockStore;
};

/** Skips empty pages: clients take one for the end. */
export const listRequests = operation(
  contract.listRequests,
  async ({ path: { depot }, query }, deps: ListRequestsDeps) => {
    const pages = eachPage((after) => deps.requests.queue(depot, after, query.part), query.cursor);
    for await (const { rows, next } of pages) {
      const queued = await readQueuedRequests(depot, rows, deps);
      const requests = query.unconfirmed ? queued.filter(({ unconfirmed }) => unconfirmed) : queued;
      if (requests.length > 0) return ok({ depot, requests, ...cursorField(next) });
    }
    return ok({ depot, requests: [] });
  },
);

const readQueuedRequests = async (
  depot: StockLocationId,
  requests: readonly MaterialRequest[],
  { stock, clock, lookAtAccounts }: ListRequestsDeps,
): Promise<QueuedRequest[]> => {
  const itemsOf = (chosen: readonly MaterialRequest[]) => [
    ...new Set(chosen.flatMap(({ lines }) => lines.map(({ item }) => item))),
  ];
  const shelf = await stock.rows(depot, itemsOf(requests));
  const submitted = requests.filter(({ state }) => state === 'submitted');
  const accountOf = await lookAtAccounts(submitted.map((request) => ({ ...request, items: itemsOf([request]) })));
  return requests.map((request) => ({
    ...request,
    canServe: servableQuantities(request, shelf, (item) => accountOf(request, item)?.left ?? 0),
    unconfirmed: isUnconfirmed(request, clock.now()),
  }));
};

import type { QueuedRequest } from '../../shared/contract/operations/depot-requests.ts';
import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import type { LocationId } from '../../shared/domain/ids.ts';
import type { MaterialRequest } from '../../shared/domain/materials/request.ts';
import { canServe } from '../../shared/domain/materials/serve.ts';
import { isUnconfirmed } from '../../shared/domain/materials/waiting.ts';
import { eachPage } from '../../shared/domain/pages.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** With `unconfirmed`, pages are read until there is something to show: an empty page would look like the end. */
export const listRequests = operation(contract.listRequests, async ({ path: { depot }, query }, tools) => {
  const pages = eachPage((after) => tools.requests.queue(depot, after), query.cursor);
  for await (const { rows, next } of pages) {
    const queued = await queuedOf(depot, rows, tools);
    const requests = query.unconfirmed ? queued.filter(({ unconfirmed }) => unconfirmed) : queued;
    if (requests.length > 0) return ok({ depot, requests, ...more(next) });
  }
  return ok({ depot, requests: [] });
});

const queuedOf = async (
  depot: LocationId,
  requests: readonly MaterialRequest[],
  { stock, clock }: Composition,
): Promise<QueuedRequest[]> => {
  const shelf = await stock.rows(depot, [...new Set(requests.flatMap(({ lines }) => lines.map(({ item }) => item)))]);
  return requests.map((request) => ({
    ...request,
    canServe: canServe(request, shelf),
    unconfirmed: isUnconfirmed(request, clock.now()),
  }));
};

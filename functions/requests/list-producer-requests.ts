import { eachPage } from '../../shared/kernel/pages.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import * as contract from '../../shared/materials/request-contract.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import { type DepotInReachDeps, hasAccessToDepot } from './depot-serves.ts';

type ListProducerRequestsDeps = { readonly requests: RequestStore } & DepotInReachDeps;

/** Skips pages without a request for the caller: clients take an empty page for the end. */
export const listProducerRequests = operation(
  contract.listProducerRequests,
  async ({ path: { producer }, query, caller }, deps: ListProducerRequestsDeps) => {
    for await (const { rows, next } of eachPage((after) => deps.requests.ofProducer(producer, after), query.cursor)) {
      const requests: MaterialRequest[] = [];
      for (const request of rows) if (await hasAccessToDepot(caller, request.depot, deps)) requests.push(request);
      if (requests.length > 0) return ok({ producer, requests, ...cursorField(next) });
    }
    return ok({ producer, requests: [] });
  },
);

import type { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock, Day } from '../../shared/kernel/time.ts';
import { UnavailableError } from '../../shared/kernel/unavailable-error.ts';
import {
  allocate,
  allocatedMaterialsOf,
  type FreeStock,
  materialDemandsOf,
} from '../../shared/materials/allocation.ts';
import type { AllocationRunHead, AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import type { OpenAccounts } from '../../shared/materials/entitlement-service.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { isTooLate } from '../../shared/materials/reservation.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

/** A transaction has 100 actions: the run's head, and a stock row for each material that there is any of. */
const MAX_MATERIALS = 99;

/** How often it is reckoned again when a counter was quicker; a big depot takes seconds each time. */
const MAX_ATTEMPTS = 10;

export type BeginRunDeps = {
  readonly clock: Clock;
  readonly openAccounts: OpenAccounts;
  readonly requests: RequestStore;
  readonly runs: AllocationRunStore;
  readonly stock: StockStore;
};

/** Reckons everyone's share of what is free now, keeps it, and takes it from the stock at once; again, if less is free by then. */
export const beginRun = async (
  depot: StockLocationId,
  day: Day,
  deps: BeginRunDeps,
): Promise<AllocationRunHead | undefined> => {
  for (let tries = 0; tries < MAX_ATTEMPTS; tries++) {
    const waiting = await readWaitingRequests(depot, day, deps);
    if (waiting.length === 0) return undefined;
    const rows = await deps.stock.rows(depot, itemsOf(waiting));
    const free = new Map([...rows].map(([item, row]) => [item, row.free]));
    const requests = limitMaterials(waiting, free);
    const accountOf = await deps.openAccounts(requests.map((request) => ({ ...request, items: itemsOf([request]) })));
    const record = allocate(materialDemandsOf(requests, accountOf), free, day);
    const begun = await deps.runs.begin(
      {
        ...{ depot, day, state: 'running', startedAt: deps.clock.now(), requests: requests.length },
        materials: allocatedMaterialsOf(record, free, day),
      },
      record,
    );
    if (begun !== CONFLICT) return begun;
  }
  throw new UnavailableError(`the stock of ${depot} changed under every one of ${MAX_ATTEMPTS} tries`);
};

/**
 * Those that wait, in the order of asking, as they surely stand: the queue lags behind what was moved a moment ago, such as by what was left
 * of yesterday's run, and a share for what has moved on would be kept from the others for nothing.
 */
const readWaitingRequests = async (
  depot: StockLocationId,
  day: Day,
  { requests }: BeginRunDeps,
): Promise<readonly MaterialRequest[]> => {
  const queued = await allPages((after) => requests.queue(depot, after, 'waiting'));
  const standing = await requests.several(queued.map(({ request }) => request));
  return queued
    .flatMap(({ request }) => standing.get(request) ?? [])
    .filter((request) => request.state === 'submitted' && !isTooLate(request, day));
};

const itemsOf = (requests: readonly MaterialRequest[]): ItemId[] => [
  ...new Set(requests.flatMap(({ lines }) => lines.map(({ item }) => item))),
];

/** Of more materials than one transaction takes, the first that were asked for are shared; requests for any of the others wait for the next day. */
const limitMaterials = (requests: readonly MaterialRequest[], free: FreeStock): readonly MaterialRequest[] => {
  const there = itemsOf(requests).filter((item) => (free.get(item) ?? 0) > 0);
  const others = new Set(there.slice(MAX_MATERIALS));
  return requests.filter(({ lines }) => !lines.some(({ item }) => others.has(item)));
};

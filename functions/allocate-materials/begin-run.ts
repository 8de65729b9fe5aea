import type { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock, Day } from '../../shared/kernel/time.ts';
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
import { CONFLICT, UnavailableError } from '../../shared/platform/retry.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

/** A transaction has 100 actions; one is the head. */
const MAX_MATERIALS = 99;

/** A big depot takes seconds per attempt. */
const MAX_ATTEMPTS = 10;

export type BeginRunDeps = {
  readonly clock: Clock;
  readonly openAccounts: OpenAccounts;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly runs: AllocationRunStore;
  readonly stock: StockStore;
};

/** Takes all shares at once. Repeats if less is free by then. */
export const beginRun = async (
  depot: StockLocationId,
  day: Day,
  deps: BeginRunDeps,
): Promise<AllocationRunHead | undefined> => {
  for (let tries = 0; tries < MAX_ATTEMPTS; tries++) {
    const waitingRequests = await readWaitingRequests(depot, day, deps);
    if (waitingRequests.length === 0) return undefined;
    const rows = await deps.stock.rows(depot, itemsOf(waitingRequests));
    const discontinued = await discontinuedItems([...rows.keys()], day, deps);
    const free = new Map([...rows].map(([item, row]) => [item, discontinued.has(item) ? 0 : row.free]));
    const requests = limitMaterials(waitingRequests, free);
    const accountOf = await deps.openAccounts(requests.map((request) => ({ ...request, items: itemsOf([request]) })));
    const record = allocate(materialDemandsOf(requests, accountOf), free, day);
    const head = await deps.runs.begin(
      {
        depot,
        day,
        state: 'running',
        startedAt: deps.clock.now(),
        requests: requests.length,
        materials: allocatedMaterialsOf(record, free, day),
      },
      record,
    );
    if (head !== CONFLICT) return head;
  }
  throw new UnavailableError(`stock of ${depot} changed during each of ${MAX_ATTEMPTS} attempts`);
};

/** Strongly consistent: a share for a changed request is lost to the others. */
const readWaitingRequests = async (
  depot: StockLocationId,
  day: Day,
  { requests, registry }: BeginRunDeps,
): Promise<readonly MaterialRequest[]> => {
  const place = await registry.entry('depots', depot);
  if (place && !isOpenOn(place.entry, day)) return [];
  const queued = await allPages((after) => requests.queue(depot, after, 'waiting'));
  const current = await requests.several(queued.map(({ request }) => request));
  const producers = await registry.entries(
    'producers',
    [...current.values()].map(({ producer }) => producer),
  );
  return queued
    .flatMap(({ request }) => current.get(request) ?? [])
    .filter((request) => request.state === 'submitted' && !isTooLate(request, day))
    .filter(({ producer }) => isOpenOn(producers.get(producer)?.entry ?? {}, day));
};

const discontinuedItems = async (items: readonly ItemId[], day: Day, { registry }: BeginRunDeps) => {
  const entries = await registry.entries('items', items);
  const sellers = await registry.entries(
    'sellers',
    [...entries.values()].map(({ entry }) => entry.seller),
  );
  const isEnded = ({ entry }: EntryOf<'items'>) =>
    !isOpenOn(entry, day) || !isOpenOn(sellers.get(entry.seller)?.entry ?? {}, day);
  return new Set([...entries].filter(([, entry]) => isEnded(entry)).map(([id]) => id));
};

const itemsOf = (requests: readonly MaterialRequest[]): ItemId[] => [
  ...new Set(requests.flatMap(({ lines }) => lines.map(({ item }) => item))),
];

/** Requests for other materials wait for the next day. */
const limitMaterials = (requests: readonly MaterialRequest[], free: FreeStock): readonly MaterialRequest[] => {
  const inStock = itemsOf(requests).filter((item) => (free.get(item) ?? 0) > 0);
  const beyondLimit = new Set(inStock.slice(MAX_MATERIALS));
  return requests.filter(({ lines }) => !lines.some(({ item }) => beyondLimit.has(item)));
};

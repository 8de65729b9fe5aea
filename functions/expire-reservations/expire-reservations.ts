import { allPages } from '../../shared/kernel/pages.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { BilingualText } from '../../shared/kernel/units.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import { namedItem, renderExpiry, renderTooLate } from '../../shared/materials/request-sentences.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { expire } from '../../shared/materials/request-transitions.ts';
import { COLLECTION_DAYS, isTooLate, isUncollected } from '../../shared/materials/reservation.ts';
import type { ReduceReservations } from '../../shared/materials/reservation-service.ts';
import type { StockLocationMessage } from '../../shared/platform/jobs.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import { failureCollector, forEachIsolated } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

type ExpireReservationsDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly reduceReservations: ReduceReservations;
  readonly stock: StockStore;
};

/** A request that changes meanwhile waits for the next run. */
export const expireReservations = async (
  { location: depot }: StockLocationMessage,
  deps: ExpireReservationsDeps,
): Promise<void> => {
  const { requests, stock, clock, count } = deps;
  const tasks = failureCollector();
  const today = dayOf(clock.now());
  await tasks.try('expire reservations', async () => {
    const reserved = await allPages((after) => requests.queue(depot, after, 'reserved'));
    const uncollected = reserved.filter((request) => isUncollected(request, clock.now()));
    await forEachIsolated('a request', uncollected, async (request) =>
      expireRequest(request, await renderExpiryOf(request, deps), deps),
    );
  });
  await tasks.try('close late requests', async () => {
    const waitingRequests = await allPages((after) => requests.queue(depot, after, 'waiting'));
    const late = waitingRequests.filter((request) => isTooLate(request, today));
    await forEachIsolated('a request', late, (request) => expireRequest(request, renderTooLate(request, today), deps));
  });
  await tasks.try('reduce uncovered reservations', async () => {
    const rows = await allPages((after) => stock.at(depot, after));
    const short = rows.filter(({ free }) => free < 0);
    await forEachIsolated('an item', short, async ({ item }) =>
      count('RequestsReduced', await deps.reduceReservations(depot, item)),
    );
  });
  tasks.end();
};

const renderExpiryOf = async (
  request: MaterialRequest,
  { registry }: ExpireReservationsDeps,
): Promise<BilingualText> => {
  const reserved = reservedQuantitiesOf(request);
  const items = await registry.entries('items', [...reserved.keys()]);
  const released = [...reserved].map(([item, quantity]) => ({
    item: namedItem(item, items.get(item)?.entry),
    quantity,
  }));
  return renderExpiry(released, COLLECTION_DAYS);
};

const expireRequest = async (
  request: MaterialRequest,
  message: BilingualText,
  deps: ExpireReservationsDeps,
): Promise<void> => {
  const { requests, clock, count } = deps;
  const effects = expire(request, { at: clock.now(), by: 'expire-reservations', told: message });
  const result = isRefusal(effects) ? effects : await requests.change(effects);
  if (result !== CONFLICT && !isRefusal(result)) count('RequestsExpired', 1);
};

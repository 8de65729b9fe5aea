import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { type Clock, dayOf } from '../kernel/time.ts';
import { CONFLICT, RETRY, retry } from '../platform/retry.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { StockStore } from '../stock/stock-store.ts';
import type { AllocationRunStore } from './allocation-run-store.ts';
import { reservedQuantitiesOf } from './material-request.ts';
import { namedItem, renderLoss } from './request-sentences.ts';
import type { RequestStore } from './request-store.ts';
import { isTotalLoss, lossesOf, reduceReservation } from './reservation.ts';

type Stores = {
  readonly stock: StockStore;
  readonly requests: RequestStore;
  readonly runs: AllocationRunStore;
  readonly registry: RegistryStore;
  readonly clock: Clock;
};

export type ReduceReservations = (depot: StockLocationId, item: ItemId) => Promise<number>;

/**
 * Reduces the latest reservations until stock covers the rest; returns how many. Each is one
 * conditional transaction, so that an interrupted call can be repeated. Waits for an allocation
 * run: some shares are not written yet.
 */
export const reduceReservations =
  ({ stock, requests, runs, registry, clock }: Stores): ReduceReservations =>
  async (depot, item) => {
    let reducedCount = 0;
    await retry(async () => {
      const row = await stock.row(depot, item);
      if (!row || row.free >= 0 || (await runs.isUnderWay(depot, dayOf(clock.now())))) return;
      const queued = await allPages((after) => requests.queue(depot, after, 'reserved'));
      const current = await requests.several(queued.map(({ request }) => request));
      const named = namedItem(item, (await registry.entry('items', item))?.entry);
      for (const loss of lossesOf(item, -row.free, [...current.values()])) {
        const remaining = (reservedQuantitiesOf(loss.request).get(item) ?? 0) - loss.quantity;
        const message = renderLoss(named, { lost: loss.quantity, remaining, waits: isTotalLoss(loss) });
        const effects = reduceReservation(loss, item, { at: clock.now(), by: 'settle-reserved', told: message });
        const result = isRefusal(effects) ? effects : await requests.change(effects);
        // Request or stock changed: read both again.
        if (result === CONFLICT || isRefusal(result)) return RETRY;
        reducedCount++;
      }
      return undefined;
    });
    return reducedCount;
  };

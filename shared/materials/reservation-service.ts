import type { ItemId, LocationId } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { type Clock, dayOf } from '../kernel/time.ts';
import { AGAIN, STALE, untilAnswered } from '../platform/retry.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { StockStore } from '../stock/stock-store.ts';
import type { RunStore } from './allocation-run-store.ts';
import { reservedBy } from './material-request.ts';
import { named, toldLoss } from './request-sentences.ts';
import type { RequestStore } from './request-store.ts';
import { lose, losesAll, lossesOf } from './shortfall.ts';

type Stores = {
  readonly stock: StockStore;
  readonly requests: RequestStore;
  readonly runs: RunStore;
  readonly registry: RegistryStore;
  readonly clock: Clock;
};

export type SettleReserved = (depot: LocationId, item: ItemId) => Promise<number>;

/**
 * Where less is there than is reserved, takes the reservations made last away until it is enough, each in a transaction of its own, and only
 * while stock is that low: stopped anywhere, the next one goes on. Says how many requests lost. While a run of allocation is under way
 * nobody loses: what it has promised last is not written yet, and the hourly look comes after it.
 */
export const settleReserved =
  ({ stock, requests, runs, registry, clock }: Stores): SettleReserved =>
  async (depot, item) => {
    let lost = 0;
    await untilAnswered(async () => {
      const row = await stock.row(depot, item);
      if (!row || row.free >= 0 || (await runs.isUnderWay(depot, dayOf(clock.now())))) return;
      const queued = await everything((after) => requests.queue(depot, after, 'reserved'));
      const standing = await requests.several(queued.map(({ request }) => request));
      const called = named(item, (await registry.entry('items', item))?.entry);
      for (const loss of lossesOf(item, -row.free, [...standing.values()])) {
        const kept = (reservedBy(loss.request).get(item) ?? 0) - loss.quantity;
        const told = toldLoss(called, { lost: loss.quantity, kept, waits: losesAll(loss) });
        const decided = lose(loss, item, { at: clock.now(), by: 'settle-reserved', told });
        const made = isRefusal(decided) ? decided : await requests.change(decided);
        // Someone moved the request, or the stock, meanwhile: all is looked at again.
        if (made === STALE || isRefusal(made)) return AGAIN;
        lost++;
      }
      return undefined;
    });
    return lost;
  };

import type { ItemId, LocationId } from '../domain/ids.ts';
import { reservedBy } from '../domain/materials/request.ts';
import { lose, lossesOf } from '../domain/materials/shortfall.ts';
import { named, toldLoss } from '../domain/materials/told.ts';
import { everything } from '../domain/pages.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Clock } from '../domain/time.ts';
import { STALE } from './effects.ts';
import type { RegistryStore } from './registry-store.ts';
import type { RequestStore } from './request-store.ts';
import type { StockStore } from './stock-store.ts';

type Stores = {
  readonly stock: StockStore;
  readonly requests: RequestStore;
  readonly registry: RegistryStore;
  readonly clock: Clock;
};

/** How often all is read again because someone else moved a request or the stock: whoever comes next looks too. */
const LOOKS = 5;

export type SettleReserved = (depot: LocationId, item: ItemId) => Promise<number>;

/**
 * Where less is there than is reserved, takes the reservations made last away until it is enough, each in a transaction of its own, and only
 * while stock is that low: stopped anywhere, the next one goes on. Says how many requests lost.
 */
export const settleReserved =
  ({ stock, requests, registry, clock }: Stores): SettleReserved =>
  async (depot, item) => {
    let lost = 0;
    for (let looks = 0; looks < LOOKS; looks++) {
      const row = await stock.row(depot, item);
      if (!row || row.free >= 0) return lost;
      const reserved = await everything((after) => requests.queue(depot, after, 'reserved'));
      const called = named(item, (await registry.entry('items', item))?.entry);
      let moved = true;
      for (const loss of lossesOf(item, -row.free, reserved)) {
        const kept = (reservedBy(loss.request).get(item) ?? 0) - loss.quantity;
        const told = toldLoss(called, loss.quantity, kept);
        const decided = lose(loss, item, { at: clock.now(), by: 'settle-reserved', told });
        const made = isRefusal(decided) ? decided : await requests.change(decided);
        moved = made !== STALE && !isRefusal(made);
        if (!moved) break;
        lost++;
      }
      if (moved) return lost;
    }
    return lost;
  };

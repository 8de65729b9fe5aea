import type { Told } from '../../shared/kernel/bilingual-text.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { type MaterialRequest, reservedBy } from '../../shared/materials/material-request.ts';
import { named, toldLapse, toldTooLate } from '../../shared/materials/request-sentences.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { lapse } from '../../shared/materials/request-transitions.ts';
import { COLLECT_WITHIN, isTooLate, isUncollected } from '../../shared/materials/reservation.ts';
import type { SettleReserved } from '../../shared/materials/reservation-service.ts';
import { eachApart, tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import { STALE } from '../../shared/platform/retry.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

type ExpireReservationsDeps = {
  readonly clock: Clock;
  readonly count: Count;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly settleReserved: SettleReserved;
  readonly stock: StockStore;
};

/**
 * What nobody came for goes back; who waited beyond the day they named need not wait on; and where less is there than is reserved, it is
 * settled who loses. What moves meanwhile is left to the next time.
 */
export const expireReservations = async (
  { location: depot }: LocationMessage,
  deps: ExpireReservationsDeps,
): Promise<void> => {
  const { requests, stock, clock, count } = deps;
  const tasks = tasksApart();
  const today = dayOf(clock.now());
  await tasks.try('what is reserved', async () => {
    const reserved = await everything((after) => requests.queue(depot, after, 'reserved'));
    const uncollected = reserved.filter((request) => isUncollected(request, clock.now()));
    await eachApart('a request', uncollected, async (request) =>
      lapseOne(request, await toldBack(request, deps), deps),
    );
  });
  await tasks.try('what waits', async () => {
    const waiting = await everything((after) => requests.queue(depot, after, 'waiting'));
    const late = waiting.filter((request) => isTooLate(request, today));
    await eachApart('a request', late, (request) => lapseOne(request, toldTooLate(request, today), deps));
  });
  await tasks.try('stock', async () => {
    const rows = await everything((after) => stock.at(depot, after));
    const short = rows.filter(({ free }) => free < 0);
    await eachApart('an item', short, async ({ item }) =>
      count('RequestsReduced', await deps.settleReserved(depot, item)),
    );
  });
  tasks.end();
};

const toldBack = async (request: MaterialRequest, { registry }: ExpireReservationsDeps): Promise<Told> => {
  const reserved = reservedBy(request);
  const items = await registry.entries('items', [...reserved.keys()]);
  const back = [...reserved].map(([item, quantity]) => ({ item: named(item, items.get(item)?.entry), quantity }));
  return toldLapse(back, COLLECT_WITHIN);
};

const lapseOne = async (request: MaterialRequest, told: Told, deps: ExpireReservationsDeps): Promise<void> => {
  const { requests, clock, count } = deps;
  const decided = lapse(request, { at: clock.now(), by: 'expire-reservations', told });
  const made = isRefusal(decided) ? decided : await requests.change(decided);
  if (made !== STALE && !isRefusal(made)) count('RequestsLapsed', 1);
};

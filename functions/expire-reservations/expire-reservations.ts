import { type Composition, STALE } from '../../shared/api/composition.ts';
import type { Told } from '../../shared/kernel/bilingual-text.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { type MaterialRequest, reservedBy } from '../../shared/materials/material-request.ts';
import { named, toldLapse, toldTooLate } from '../../shared/materials/request-sentences.ts';
import { lapse } from '../../shared/materials/request-transitions.ts';
import { COLLECT_WITHIN, isTooLate, isUncollected } from '../../shared/materials/reservation.ts';
import { eachApart, tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';

/**
 * What nobody came for goes back; who waited beyond the day they named need not wait on; and where less is there than is reserved, it is
 * settled who loses. What moves meanwhile is left to the next time.
 */
export const tendRequests = async ({ location: depot }: LocationMessage, tools: Composition): Promise<void> => {
  const { requests, stock, clock, count } = tools;
  const tasks = tasksApart();
  const today = dayOf(clock.now());
  await tasks.try('what is reserved', async () => {
    const reserved = await everything((after) => requests.queue(depot, after, 'reserved'));
    const uncollected = reserved.filter((request) => isUncollected(request, clock.now()));
    await eachApart('a request', uncollected, async (request) =>
      lapseOne(request, await toldBack(request, tools), tools),
    );
  });
  await tasks.try('what waits', async () => {
    const waiting = await everything((after) => requests.queue(depot, after, 'waiting'));
    const late = waiting.filter((request) => isTooLate(request, today));
    await eachApart('a request', late, (request) => lapseOne(request, toldTooLate(request, today), tools));
  });
  await tasks.try('stock', async () => {
    const rows = await everything((after) => stock.at(depot, after));
    const short = rows.filter(({ free }) => free < 0);
    await eachApart('an item', short, async ({ item }) =>
      count('RequestsReduced', await tools.settleReserved(depot, item)),
    );
  });
  tasks.end();
};

const toldBack = async (request: MaterialRequest, { registry }: Composition): Promise<Told> => {
  const reserved = reservedBy(request);
  const items = await registry.entries('items', [...reserved.keys()]);
  const back = [...reserved].map(([item, quantity]) => ({ item: named(item, items.get(item)?.entry), quantity }));
  return toldLapse(back, COLLECT_WITHIN);
};

const lapseOne = async (request: MaterialRequest, told: Told, tools: Composition): Promise<void> => {
  const { requests, clock, count } = tools;
  const decided = lapse(request, { at: clock.now(), by: 'tend-requests', told });
  const made = isRefusal(decided) ? decided : await requests.change(decided);
  if (made !== STALE && !isRefusal(made)) count('RequestsLapsed', 1);
};

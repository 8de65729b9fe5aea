import type { LocationMessage } from '../../shared/contract/jobs.ts';
import { lapse } from '../../shared/domain/materials/moves.ts';
import { type MaterialRequest, reservedBy, type Told } from '../../shared/domain/materials/request.ts';
import { named, toldLapse, toldTooLate } from '../../shared/domain/materials/told.ts';
import { COLLECT_WITHIN, isTooLate, isUncollected } from '../../shared/domain/materials/waiting.ts';
import { everything } from '../../shared/domain/pages.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { eachApart, tasksApart } from '../../shared/middleware/each-apart.ts';
import { type Composition, STALE } from '../../shared/runtime/composition.ts';

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

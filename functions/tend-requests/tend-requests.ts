import type { LocationMessage } from '../../shared/contract/jobs.ts';
import { lapse } from '../../shared/domain/materials/moves.ts';
import { type MaterialRequest, reservedBy, type Told } from '../../shared/domain/materials/request.ts';
import { named, toldLapse, toldTooLate } from '../../shared/domain/materials/told.ts';
import { COLLECT_WITHIN, isTooLate, isUncollected } from '../../shared/domain/materials/waiting.ts';
import { everything } from '../../shared/domain/pages.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { type Composition, STALE } from '../../shared/runtime/composition.ts';

/**
 * What nobody came for goes back; who waited beyond the day they named need not wait on; and where less is there than is reserved, it is
 * settled who loses. What moves meanwhile is left to the next time.
 */
export const tendRequests = async ({ location: depot }: LocationMessage, tools: Composition): Promise<void> => {
  const { requests, stock, clock, count } = tools;
  for (const request of await everything((after) => requests.queue(depot, after, 'reserved')))
    if (isUncollected(request, clock.now())) await lapseOne(request, await toldBack(request, tools), tools);
  const today = dayOf(clock.now());
  for (const request of await everything((after) => requests.queue(depot, after, 'waiting')))
    if (isTooLate(request, today)) await lapseOne(request, toldTooLate(request, today), tools);
  for (const { item, free } of await everything((after) => stock.at(depot, after)))
    if (free < 0) count('RequestsReduced', await tools.settleReserved(depot, item));
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

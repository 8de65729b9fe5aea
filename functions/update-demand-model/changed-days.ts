import type { isolateLocations } from '../../shared/alerts/failure-alert-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { concurrently } from '../../shared/platform/concurrently.ts';
import { type DemandModelHead, SNAPSHOT_DAYS } from '../../shared/replenishment/demand-model-store.ts';

const CONCURRENCY = 16;

export type ChangedDays = { readonly from: Day | undefined } & Pick<DemandModelHead, 'known' | 'closedTo'>;

export type ChangedDaysDeps = { readonly closes: CloseStore };

/**
 * The earliest day of which any outlet has a close that is not folded yet, and the last close of each. Days are closed without a gap: a chain that is closed to the last day and
 * grew by as many as days went by has nothing else that is new. Only where it grew otherwise are closes looked through.
 */
export const findChangedDays = async (
  outlets: readonly StockLocationId[],
  before: DemandModelHead | undefined,
  last: Day,
  apart: ReturnType<typeof isolateLocations>,
  { closes }: ChangedDaysDeps,
): Promise<ChangedDays> => {
  const oldest = addDays(last, -SNAPSHOT_DAYS);
  const known = new Map<StockLocationId, number>();
  const days: Day[] = [];
  const look = async (outlet: StockLocationId) => {
    const head = await closes.head(outlet);
    if (!head) return;
    known.set(outlet, head.sequence);
    const had = before?.known[outlet] ?? 0;
    if (head.sequence === had) return;
    if (had === 0 || !before) return void days.push(head.from < oldest ? oldest : head.from);
    if (head.to === last && addDays(before.closedTo, head.sequence - had) === last)
      return void days.push(addDays(before.closedTo, 1));
    const folded = before.day;
    const fresh = folded < last ? await closes.between(outlet, { from: addDays(folded, 1), to: last }, 'surely') : [];
    const firsts = fresh.filter(({ edition, sequence }) => edition === 1 && sequence > had);
    const isAll = firsts.length === head.sequence - had;
    const older = isAll ? [] : await closes.between(outlet, { from: oldest, to: folded }, 'surely');
    days.push(...[...older, ...fresh].filter(({ sequence }) => sequence > had).map(({ day }) => day));
  };
  await concurrently(CONCURRENCY, outlets, (outlet) => apart.try(outlet, () => look(outlet)));
  const inOrder = [...known].sort(([one], [other]) => (one < other ? -1 : 1));
  return { from: days.sort()[0], closedTo: last, known: Object.fromEntries(inOrder) as DemandModelHead['known'] };
};

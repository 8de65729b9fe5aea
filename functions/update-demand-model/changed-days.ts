import type { isolateLocations } from '../../shared/alerts/failure-alert-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { type DemandModelHead, SNAPSHOT_DAYS } from '../../shared/replenishment/demand-model-store.ts';

const CONCURRENCY = 16;

export type ChangedDays = { readonly from: Day | undefined } & Pick<DemandModelHead, 'known' | 'closedTo'>;

export type ChangedDaysDeps = { readonly closes: CloseStore };

/**
 * Days close without gaps. A chain that reached the last day with one close per day has nothing
 * older.
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
  const inspect = async (outlet: StockLocationId) => {
    const head = await closes.head(outlet);
    if (!head) return;
    known.set(outlet, head.sequence);
    const knownSequence = before?.known[outlet] ?? 0;
    if (head.sequence === knownSequence) return;
    if (knownSequence === 0 || !before) return void days.push(head.from < oldest ? oldest : head.from);
    if (head.to === last && addDays(before.closedTo, head.sequence - knownSequence) === last)
      return void days.push(addDays(before.closedTo, 1));
    const folded = before.day;
    const newer = folded < last ? await closes.between(outlet, { from: addDays(folded, 1), to: last }, 'strong') : [];
    const firsts = newer.filter(({ edition, sequence }) => edition === 1 && sequence > knownSequence);
    const isAll = firsts.length === head.sequence - knownSequence;
    const older = isAll ? [] : await closes.between(outlet, { from: oldest, to: folded }, 'strong');
    days.push(...[...older, ...newer].filter(({ sequence }) => sequence > knownSequence).map(({ day }) => day));
  };
  await concurrently(CONCURRENCY, outlets, (outlet) => apart.try(outlet, () => inspect(outlet)));
  const inOrder = [...known].sort(([one], [other]) => (one < other ? -1 : 1));
  return { from: days.sort()[0], closedTo: last, known: Object.fromEntries(inOrder) as DemandModelHead['known'] };
};

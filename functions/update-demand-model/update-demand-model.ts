import { type IsolatedJobDeps, locationsApart } from '../../shared/alerts/isolated-job-service.ts';
import { lastEnded } from '../../shared/day-close/close-day.ts';
import { LocationId, type Place } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import { tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { AGAIN, STALE, untilAnswered } from '../../shared/platform/retry.ts';
import { type Count, logger } from '../../shared/platform/telemetry.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { missingOn } from '../../shared/replenishment/daily-sales.ts';
import { NO_PACES, type Paces } from '../../shared/replenishment/demand-model.ts';
import type { PacesHead, PacesStore } from '../../shared/replenishment/demand-model-store.ts';
import { foldDay } from '../../shared/replenishment/update-demand-model.ts';
import { type CalibrateSeasonsDeps, learnFestivals } from './calibrate-seasons.ts';
import { type ChangedDaysDeps, changedDays } from './changed-days.ts';
import { type SalesOfDayDeps, soldThatDay } from './sales-of-day.ts';

type Apart = ReturnType<typeof locationsApart>;

type UpdateDemandModelDeps = {
  readonly clock: Clock;
  readonly count: Count;
  readonly paces: PacesStore;
  readonly registry: RegistryStore;
} & CalibrateSeasonsDeps &
  ChangedDaysDeps &
  IsolatedJobDeps &
  SalesOfDayDeps;

/** Folds what was closed, and looks back at the festivals that are over. Whoever stops is gone on from. */
export const updateDemandModel = async ({ day }: AreaMessage, deps: UpdateDemandModelDeps): Promise<void> => {
  const apart = locationsApart('update-demand-model', day, deps);
  const listed = await everything((after) => deps.registry.list('outlets', after));
  const tasks = tasksApart();
  await tasks.try('the demand of all outlets', () => foldCloses(listed, apart, deps));
  await tasks.try('festivals', () => learnFestivals(listed, apart, deps));
  tasks.end();
  await apart.end(listed.map(({ id }) => LocationId.parse(id)));
};

/** The closes of all outlets, from the earliest day that changed to the last that ended; what is known at the end of each is kept. */
const foldCloses = (listed: readonly EntryOf<'outlets'>[], apart: Apart, deps: UpdateDemandModelDeps): Promise<void> =>
  untilAnswered(async () => {
    const { paces, clock, count } = deps;
    const last = lastEnded(clock.now());
    const outlets = listed.map(({ id }) => LocationId.parse(id)).sort();
    const before = await paces.head();
    const { from: changed, ...seen } = await changedDays(outlets, before, last, apart, deps);
    const from = startOf(before, changed);
    if (from === undefined || from > last) return undefined;

    let head = before;
    let known: Paces = (before && (await paces.snapshot(before, addDays(from, -1)))) ?? NO_PACES;
    for (let day = from; day <= last; day = addDays(day, 1)) {
      const { closed, sales } = await soldThatDay(day, listed, apart, deps);
      sayMissing(day, missingOn(outlets, closed), deps);
      known = foldDay(known, day, sales);
      const kept: PacesHead | typeof STALE = await paces.keep(
        head,
        { ...known, day },
        { ...seen, known: knownBut(apart.failed, seen.known) },
      );
      if (kept === STALE) return AGAIN;
      head = kept;
      count('DaysFolded', 1);
    }
    return undefined;
  });

/** An outlet that failed is not known: once it can be read again, all of it is folded. */
const knownBut = (failed: ReadonlySet<Place>, known: PacesHead['known']): PacesHead['known'] =>
  Object.fromEntries(
    Object.entries(known).filter(([outlet]) => !failed.has(outlet as LocationId)),
  ) as PacesHead['known'];

/** Not before the day after the oldest that is kept: what came later than that is folded in with what can still be. */
const startOf = (before: PacesHead | undefined, changed: Day | undefined): Day | undefined => {
  if (!before) return changed;
  const next = addDays(before.day, 1);
  const day = changed !== undefined && changed < next ? changed : next;
  const oldest = Object.keys(before.runs).sort()[0] as Day | undefined;
  const first = oldest ? addDays(oldest, 1) : next;
  return day < first ? first : day;
};

const sayMissing = (day: Day, missing: readonly LocationId[], { count }: UpdateDemandModelDeps): void => {
  if (missing.length === 0) return;
  count('ClosesMissing', missing.length);
  logger.warn(`${missing.length} outlets have no close of ${day}: they are folded in when it comes`, { missing });
};

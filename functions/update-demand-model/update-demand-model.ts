import { type IsolatedJobDeps, isolateLocations } from '../../shared/alerts/failure-alert-service.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import { type LocationId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import { failureCollector } from '../../shared/platform/tasks.ts';
import { type CountMetric, logger } from '../../shared/platform/telemetry.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { addDayToModel } from '../../shared/replenishment/add-day-to-model.ts';
import { outletsWithoutClose } from '../../shared/replenishment/daily-sales.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import type { DemandModelHead, DemandModelStore } from '../../shared/replenishment/demand-model-store.ts';
import { type CalibrateSeasonsDeps, calibrateSeasons } from './calibrate-seasons.ts';
import { type ChangedDaysDeps, findChangedDays } from './changed-days.ts';
import { readSalesOfDay, type SalesOfDayDeps } from './sales-of-day.ts';

type IsolatedLocations = ReturnType<typeof isolateLocations>;

type UpdateDemandModelDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly paces: DemandModelStore;
  readonly registry: RegistryStore;
} & CalibrateSeasonsDeps &
  ChangedDaysDeps &
  IsolatedJobDeps &
  SalesOfDayDeps;

/** An aborted run resumes. */
export const updateDemandModel = async ({ day }: AreaMessage, deps: UpdateDemandModelDeps): Promise<void> => {
  const apart = isolateLocations('update-demand-model', day, deps);
  const listed = await allPages((after) => deps.registry.list('outlets', after));
  const tasks = failureCollector();
  await tasks.try('the demand of all outlets', () => addClosesToModel(listed, apart, deps));
  await tasks.try('festivals', () => calibrateSeasons(listed, apart, deps));
  tasks.end();
  await apart.end(listed.map(({ id }) => StockLocationId.parse(id)));
};

const addClosesToModel = (
  listed: readonly EntryOf<'outlets'>[],
  apart: IsolatedLocations,
  deps: UpdateDemandModelDeps,
): Promise<void> =>
  retry(async () => {
    const { paces, clock, count } = deps;
    const last = lastEndedDay(clock.now());
    const outlets = listed.map(({ id }) => StockLocationId.parse(id)).sort();
    const before = await paces.head();
    const { from: changed, ...seen } = await findChangedDays(outlets, before, last, apart, deps);
    const from = firstDayToUpdate(before, changed);
    if (from === undefined || from > last) return undefined;

    let head = before;
    let known: DemandModel = (before && (await paces.snapshot(before, addDays(from, -1)))) ?? EMPTY_DEMAND_MODEL;
    for (let day = from; day <= last; day = addDays(day, 1)) {
      const { closed, sales } = await readSalesOfDay(day, listed, apart, deps);
      logMissingCloses(day, outletsWithoutClose(outlets, closed), deps);
      known = addDayToModel(known, day, sales);
      const kept: DemandModelHead | typeof CONFLICT = await paces.keep(
        head,
        { ...known, day },
        { ...seen, known: knownWithoutFailed(apart.failed, seen.known) },
      );
      if (kept === CONFLICT) return RETRY;
      head = kept;
      count('DemandDaysAdded', 1);
    }
    return undefined;
  });

/** Leaves out failed outlets, so that a later run reads all their closes. */
const knownWithoutFailed = (
  failed: ReadonlySet<LocationId>,
  known: DemandModelHead['known'],
): DemandModelHead['known'] =>
  Object.fromEntries(
    Object.entries(known).filter(([outlet]) => !failed.has(outlet as StockLocationId)),
  ) as DemandModelHead['known'];

/** Changes before the oldest snapshot are lost. */
const firstDayToUpdate = (before: DemandModelHead | undefined, changed: Day | undefined): Day | undefined => {
  if (!before) return changed;
  const next = addDays(before.day, 1);
  const day = changed !== undefined && changed < next ? changed : next;
  const oldest = Object.keys(before.runs).sort()[0] as Day | undefined;
  const first = oldest ? addDays(oldest, 1) : next;
  return day < first ? first : day;
};

const logMissingCloses = (day: Day, missing: readonly StockLocationId[], { count }: UpdateDemandModelDeps): void => {
  if (missing.length === 0) return;
  count('ClosesMissing', missing.length);
  logger.warn(`${missing.length} outlets have no close of ${day}; the model adds it later`, { missing });
};

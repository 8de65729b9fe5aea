import { locationsApart } from '../../shared/alerts/isolated-job-service.ts';
import {
  AGAIN,
  type Composition,
  type EntryOf,
  type PacesHead,
  STALE,
  untilAnswered,
} from '../../shared/api/composition.ts';
import { lastEnded } from '../../shared/day-close/close-day.ts';
import { LocationId, type Place } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { logger } from '../../shared/platform/telemetry.ts';
import { missingOn } from '../../shared/replenishment/daily-sales.ts';
import { NO_PACES, type Paces } from '../../shared/replenishment/demand-model.ts';
import { foldDay } from '../../shared/replenishment/update-demand-model.ts';
import { learnFestivals } from './calibrate-seasons.ts';
import { changedDays } from './changed-days.ts';
import { soldThatDay } from './sales-of-day.ts';

type Apart = ReturnType<typeof locationsApart>;

/** Folds what was closed, and looks back at the festivals that are over. Whoever stops is gone on from. */
export const foldDemand = async ({ day }: AreaMessage, tools: Composition): Promise<void> => {
  const apart = locationsApart('fold-demand', day, tools);
  const listed = await everything((after) => tools.registry.list('outlets', after));
  const tasks = tasksApart();
  await tasks.try('the demand of all outlets', () => foldCloses(listed, apart, tools));
  await tasks.try('festivals', () => learnFestivals(listed, apart, tools));
  tasks.end();
  await apart.end(listed.map(({ id }) => LocationId.parse(id)));
};

/** The closes of all outlets, from the earliest day that changed to the last that ended; what is known at the end of each is kept. */
const foldCloses = (listed: readonly EntryOf<'outlets'>[], apart: Apart, tools: Composition): Promise<void> =>
  untilAnswered(async () => {
    const { paces, clock, count } = tools;
    const last = lastEnded(clock.now());
    const outlets = listed.map(({ id }) => LocationId.parse(id)).sort();
    const before = await paces.head();
    const { from: changed, ...seen } = await changedDays(outlets, before, last, apart, tools);
    const from = startOf(before, changed);
    if (from === undefined || from > last) return undefined;

    let head = before;
    let known: Paces = (before && (await paces.snapshot(before, addDays(from, -1)))) ?? NO_PACES;
    for (let day = from; day <= last; day = addDays(day, 1)) {
      const { closed, sales } = await soldThatDay(day, listed, apart, tools);
      sayMissing(day, missingOn(outlets, closed), tools);
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

const sayMissing = (day: Day, missing: readonly LocationId[], { count }: Composition): void => {
  if (missing.length === 0) return;
  count('ClosesMissing', missing.length);
  logger.warn(`${missing.length} outlets have no close of ${day}: they are folded in when it comes`, { missing });
};

import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { Seal, SealStore } from '../../shared/day-close/seal-store.ts';
import { type LocationId, locationKind } from '../../shared/kernel/ids.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import { failureCollector } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { FirstDay } from '../../shared/registry/enrolment-service.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type CloseLocationDeps, closeLocationDay } from './close-location-day.ts';
import { type ReopenForLateVouchersDeps, reopenForLateVouchers } from './late-sales.ts';

type CloseDayDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly count: CountMetric;
  readonly firstDay: FirstDay;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
  readonly seals: SealStore;
} & CloseLocationDeps &
  ReopenForLateVouchersDeps;

/**
 * Closes all open days, earliest first. Each day is one transaction, so an aborted run resumes
 * safely.
 */
export const closeDay = async ({ location }: LocationMessage, deps: CloseDayDeps): Promise<void> => {
  const { closes, registry, clock, count } = deps;
  // The cache may miss a move to another district before midnight.
  const entry = (await registry.entriesNow(locationKind(location), [location])).get(location);
  if (!entry) return;
  const tasks = failureCollector();
  // A failure here must not stop the closes.
  await tasks.try('reopening days for late sales', () => reopenForLateVouchers(location, deps));
  const last = lastEndedDay(clock.now());
  for (let isOpen = true; isOpen; )
    isOpen = await retry(async () => {
      const head = await closes.head(location);
      await sealChain(location, head?.unsealed ?? [], deps);
      const marks = await closes.reopened(location);
      const [mark] = marks.filter(({ day }) => day <= last);
      const nextDay = head ? addDays(head.to, 1) : await findFirstDayBook(location, last, deps);
      const day = mark && mark.day < nextDay ? mark.day : nextDay;
      if (day > last) return false;
      const state = { head, mark: mark?.day === day ? mark : undefined };
      const result = await closeLocationDay({ location, locationEntry: entry, day, state }, deps);
      if (result === CONFLICT) return RETRY;
      count(result === 'closed' ? 'DaysClosed' : 'DaysUnchanged', 1);
      return true;
    });
  tasks.end();
};

/** Seals new closes. Throws if a seal has a different hash: the chain was rewritten. */
const sealChain = async (location: LocationId, ends: readonly Seal[], { seals }: CloseDayDeps): Promise<void> => {
  for (const end of ends)
    if ((await seals.put(location, end)) === 'differs')
      throw new Error(`close ${end.sequence} of ${location} differs from its seal`);
};

/** Searches once per location, from its first terminal's enrolment. */
const findFirstDayBook = async (location: LocationId, last: Day, { firstDay, ledger }: CloseDayDeps): Promise<Day> => {
  for (let day = await firstDay(location); day < last; day = addDays(day, 1))
    if (await ledger.hasDay(location, day)) return day;
  return last;
};

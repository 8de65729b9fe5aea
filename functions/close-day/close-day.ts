import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { FirstDay } from '../../shared/day-close/first-day-service.ts';
import type { Seal, SealStore } from '../../shared/day-close/seal-store.ts';
import { type LocationId, locationKind } from '../../shared/kernel/ids.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { failureCollector } from '../../shared/platform/isolate-failures.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type CloseLocationDeps, closeLocationDay } from './close-location-day.ts';
import { type ReopenForLateVouchersDeps, reopenForLateVouchers } from './reopen-for-late-vouchers.ts';

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
 * Closes what is to be closed of one location, day by day, the earliest first: days that were never closed, days reopened by what came late, and days
 * that begin otherwise than they did. Each day is one transaction, and what follows from it is marked in it: whoever stops is gone on from.
 */
export const closeDay = async ({ location }: LocationMessage, deps: CloseDayDeps): Promise<void> => {
  const { closes, registry, clock, count } = deps;
  // As it stands: a remembered entry may not know of a move before midnight.
  const place = (await registry.entriesNow(locationKind(location), [location])).get(location);
  if (!place) return;
  const tasks = failureCollector();
  // Days are closed also where an alert of returns cannot be settled.
  await tasks.try('sales that came after their returns', () => reopenForLateVouchers(location, deps));
  const last = lastEndedDay(clock.now());
  for (let goesOn = true; goesOn; )
    goesOn = await retry(async () => {
      const head = await closes.head(location);
      await sealChain(location, head?.unsealed ?? [], deps);
      const marks = await closes.reopened(location);
      const [mark] = marks.filter(({ day }) => day <= last);
      const fresh = head ? addDays(head.to, 1) : await findFirstDayBook(location, last, deps);
      const day = mark && mark.day < fresh ? mark.day : fresh;
      if (day > last) return false;
      const seen = { head, mark: mark?.day === day ? mark : undefined };
      const did = await closeLocationDay({ location, locationEntry: place, day, state: seen }, deps);
      if (did === CONFLICT) return RETRY;
      count(did === 'closed' ? 'DaysClosed' : 'DaysLookedAt', 1);
      return true;
    });
  tasks.end();
};

/**
 * The end of the chain goes where it cannot be written again, before anything is added to it: whoever died in between is made good by whoever comes next.
 * Another hash in its place is nothing to go on from: the chain was written anew.
 */
const sealChain = async (location: LocationId, ends: readonly Seal[], { seals }: CloseDayDeps): Promise<void> => {
  for (const end of ends)
    if ((await seals.put(location, end)) === 'differs')
      throw new Error(`close ${end.sequence} of ${location} is not the one that was sealed`);
};

/** The first day of which there is a book, where none was ever closed: looked for once in a location's life, from its first terminal on. */
const findFirstDayBook = async (location: LocationId, last: Day, { firstDay, ledger }: CloseDayDeps): Promise<Day> => {
  for (let day = await firstDay(location); day < last; day = addDays(day, 1))
    if (await ledger.hasDay(location, day)) return day;
  return last;
};

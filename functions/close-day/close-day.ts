import { AGAIN, type Composition, type Seal, STALE, untilAnswered } from '../../shared/api/composition.ts';
import { lastEnded } from '../../shared/day-close/close-day.ts';
import { type Place, placeKind } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { PlaceMessage } from '../../shared/platform/jobs.ts';
import { closeOne } from './close-location.ts';
import { cameAtLast } from './reopen-for-late-vouchers.ts';

/**
 * Closes what is to be closed of one location, day by day, the earliest first: days that were never closed, days reopened by what came late, and days
 * that begin otherwise than they did. Each day is one transaction, and what follows from it is marked in it: whoever stops is gone on from.
 */
export const closeDay = async ({ location }: PlaceMessage, tools: Composition): Promise<void> => {
  const { closes, registry, clock, count } = tools;
  // As it stands: a remembered entry may not know of a move before midnight.
  const place = (await registry.entriesNow(placeKind(location), [location])).get(location);
  if (!place) return;
  const tasks = tasksApart();
  // Days are closed also where an alert of returns cannot be settled.
  await tasks.try('sales that came after their returns', () => cameAtLast(location, tools));
  const last = lastEnded(clock.now());
  for (let goesOn = true; goesOn; )
    goesOn = await untilAnswered(async () => {
      const head = await closes.head(location);
      await seal(location, head?.unsealed ?? [], tools);
      const marks = await closes.reopened(location);
      const [mark] = marks.filter(({ day }) => day <= last);
      const fresh = head ? addDays(head.to, 1) : await firstBook(location, last, tools);
      const day = mark && mark.day < fresh ? mark.day : fresh;
      if (day > last) return false;
      const seen = { head, mark: mark?.day === day ? mark : undefined };
      const did = await closeOne({ location, place, day, seen }, tools);
      if (did === STALE) return AGAIN;
      count(did === 'closed' ? 'DaysClosed' : 'DaysLookedAt', 1);
      return true;
    });
  tasks.end();
};

/**
 * The end of the chain goes where it cannot be written again, before anything is added to it: whoever died in between is made good by whoever comes next.
 * Another hash in its place is nothing to go on from: the chain was written anew.
 */
const seal = async (location: Place, ends: readonly Seal[], { seals }: Composition): Promise<void> => {
  for (const end of ends)
    if ((await seals.put(location, end)) === 'differs')
      throw new Error(`close ${end.sequence} of ${location} is not the one that was sealed`);
};

/** The first day of which there is a book, where none was ever closed: looked for once in a location's life, from its first terminal on. */
const firstBook = async (location: Place, last: Day, { firstDay, ledger }: Composition): Promise<Day> => {
  for (let day = await firstDay(location); day < last; day = addDays(day, 1))
    if (await ledger.hasDay(location, day)) return day;
  return last;
};

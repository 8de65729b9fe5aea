import type { Place } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import { type Day, dayOf } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** Nothing is recorded of before a location's first terminal. Looked for once: no later one is earlier. */
export const firstDayOf = async (location: Place, { registry, clock }: Composition): Promise<Day> => {
  const terminals = await everything((after) => registry.list('terminals', after));
  const here = terminals.filter(({ entry }) => entry.location === location).map(({ entry }) => entry.enrolledAt);
  return dayOf(here.toSorted()[0] ?? clock.now());
};

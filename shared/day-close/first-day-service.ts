import type { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { type Clock, type Day, dayOf } from '../kernel/time.ts';
import type { RegistryStore } from '../registry/registry-store.ts';

export type FirstDay = ReturnType<typeof findFirstDay>;

/**
 * The day of a location's first terminal: what is recorded of before came late, and marked its day. Looked for once in a location's life: no later terminal is earlier.
 */
export const findFirstDay =
  ({ registry, clock }: { readonly registry: RegistryStore; readonly clock: Clock }) =>
  async (location: LocationId): Promise<Day> => {
    const terminals = await allPages((after) => registry.list('terminals', after));
    const here = terminals.filter(({ entry }) => entry.location === location).map(({ entry }) => entry.enrolledAt);
    return dayOf(here.toSorted()[0] ?? clock.now());
  };

import type { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { type Clock, type Day, dayOf } from '../kernel/time.ts';
import type { RegistryStore } from '../registry/registry-store.ts';

export type FirstDay = ReturnType<typeof findFirstDay>;

/** The day of the first enrolment. Late vouchers mark their own day. */
export const findFirstDay =
  ({ registry, clock }: { readonly registry: RegistryStore; readonly clock: Clock }) =>
  async (location: LocationId): Promise<Day> => {
    const terminals = await allPages((after) => registry.list('terminals', after));
    const enrolments = terminals
      .filter(({ entry }) => entry.location === location)
      .map(({ entry }) => entry.enrolledAt);
    return dayOf(enrolments.toSorted()[0] ?? clock.now());
  };

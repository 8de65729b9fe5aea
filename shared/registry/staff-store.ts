import { StaffId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { monotonicClock } from '../platform/monotonic-clock.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { type ContactPerson, contactPersonsOf } from './contact.ts';
import { CACHE_MILLISECONDS } from './registry-cache.ts';
import { fromRegistryItem } from './registry-item.ts';

/** Cached, because every urgent alert needs the recipients. */
export const staffStore = (tables: Tables) => {
  let cached: { readonly people: readonly ContactPerson[]; readonly until: number } | undefined;
  return {
    all: async (): Promise<readonly ContactPerson[]> => {
      if (cached && cached.until > monotonicClock.now()) return cached.people;
      const staff = await allPages((after) => {
        const walk = { fixed: { kind: 'staff' }, moving: ['id'], after };
        return queryPage(tables, 'Registry', walk, partitionEquals('kind', 'staff'), (item) =>
          fromRegistryItem('staff', item),
        );
      });
      const people = contactPersonsOf(staff.map(({ id, entry }) => ({ id: StaffId.parse(id), entry })));
      cached = { people, until: monotonicClock.now() + CACHE_MILLISECONDS };
      return people;
    },

    forget: (): void => {
      cached = undefined;
    },
  };
};

import { StaffId } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { elapsed } from '../platform/elapsed.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { type Person, peopleOf } from './contact.ts';
import { MEMORY_MILLISECONDS } from './registry-cache.ts';
import { fromRegistryItem } from './registry-item.ts';

/** Whom of the staff there is to write to. They are asked for whenever anything urgent happens, so they are believed for a minute as any entry is. */
export const registryPeople = (tables: Tables) => {
  let remembered: { readonly people: readonly Person[]; readonly until: number } | undefined;
  return {
    all: async (): Promise<readonly Person[]> => {
      if (remembered && remembered.until > elapsed.now()) return remembered.people;
      const staff = await everything((after) => {
        const walk = { fixed: { kind: 'staff' }, moving: ['id'], after };
        return queryPage(tables, 'Registry', walk, within('kind', 'staff'), (item) => fromRegistryItem('staff', item));
      });
      const people = peopleOf(staff.map(({ id, entry }) => ({ id: StaffId.parse(id), entry })));
      remembered = { people, until: elapsed.now() + MEMORY_MILLISECONDS };
      return people;
    },

    forget: (): void => {
      remembered = undefined;
    },
  };
};

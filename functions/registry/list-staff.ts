import { StaffId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { isOpenAt } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/registry/staff-contract.ts';

type ListStaffDeps = { readonly clock: Clock; readonly registry: RegistryStore };

export const listStaff = operation(
  contract.listStaff,
  async ({ path: { location } }, { clock, registry }: ListStaffDeps) => {
    const now = clock.now();
    const all = await allPages((after) => registry.staffOf(location, after));
    const present = all.filter(({ entry }) => isOpenAt(entry, now));
    return ok({ location, staff: present.map(({ id, entry }) => ({ staff: StaffId.parse(id), name: entry.name })) });
  },
);

import { REGISTRY_KEEPERS, type RegistryKind } from '../../shared/contract/registry-kinds.ts';
import type { Caller } from '../../shared/domain/access.ts';
import { withoutContact } from '../../shared/domain/registry/staff.ts';
import type { EntryOf } from '../../shared/runtime/composition.ts';

/** An entry as this caller may read it: numbers and addresses of people are for whoever keeps the registry. */
export const shownTo = ({ role }: Caller, registered: EntryOf<RegistryKind>): EntryOf<RegistryKind> =>
  isOfStaff(registered) && !REGISTRY_KEEPERS.includes(role)
    ? { ...registered, entry: withoutContact(registered.entry) }
    : registered;

const isOfStaff = (registered: EntryOf<RegistryKind>): registered is EntryOf<'staff'> => registered.kind === 'staff';

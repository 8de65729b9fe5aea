import { type Caller, reaches, targetOf } from '../../shared/kernel/access.ts';
import {
  AreaId,
  type DistrictId,
  LocationId,
  locationKind,
  type Place,
  ProducerId,
  placeKind,
} from '../../shared/kernel/ids.ts';
import { isServedBy } from '../../shared/materials/serving-depot.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import { REGISTRY_KEEPERS, type RegistryKind } from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type Staff, withoutContact } from '../../shared/registry/staff.ts';

type Any = EntryOf<RegistryKind>;

export type VisibleEntriesDeps = { readonly registry: RegistryStore };

/**
 * Entries as this caller may read them. Of people, only those whom the caller reaches: staff of their locations and districts, producers of
 * their district or whom their depot serves. Telephones and addresses are for whoever keeps the registry.
 */
export const shownTo = async (caller: Caller, entries: readonly Any[], deps: VisibleEntriesDeps): Promise<Any[]> => {
  await deps.registry.recollect(entries.flatMap(placesNamed));
  const shown: Any[] = [];
  for (const registered of entries)
    if (isOf('staff', registered)) {
      if (await reachesStaff(caller, registered.entry, deps))
        shown.push(
          REGISTRY_KEEPERS.includes(caller.role)
            ? registered
            : { ...registered, entry: withoutContact(registered.entry) },
        );
    } else if (!isOf('producers', registered) || (await reachesProducer(caller, registered, deps)))
      shown.push(registered);
  return shown;
};

const isOf = <Kind extends RegistryKind>(kind: Kind, registered: Any): registered is EntryOf<Kind> =>
  registered.kind === kind;

/** Where someone works, and what they look after. */
const lookedAfter = ({ location, looksAfter = [] }: Staff) => [...(location ? [location] : []), ...looksAfter];

const placesNamed = (registered: Any) =>
  isOf('staff', registered)
    ? lookedAfter(registered.entry).flatMap((id) => {
        const { data: location } = LocationId.safeParse(id);
        return location ? [{ kind: locationKind(location), id: location }] : [];
      })
    : [];

const districtIn =
  ({ registry }: VisibleEntriesDeps) =>
  async (place: Place): Promise<DistrictId | undefined> =>
    (await registry.entry(placeKind(place), place))?.entry.district;

const reachesStaff = async (caller: Caller, staff: Staff, deps: VisibleEntriesDeps): Promise<boolean> => {
  for (const id of lookedAfter(staff)) {
    const { data: location } = LocationId.safeParse(id);
    const { data: area } = AreaId.safeParse(id);
    const target = location
      ? targetOf(location)
      : area === 'state' || !area
        ? ({ kind: 'state' } as const)
        : ({ kind: 'district', district: area } as const);
    if (await reaches(caller, target, districtIn(deps))) return true;
  }
  return false;
};

const reachesProducer = async (
  caller: Caller,
  { id, entry }: EntryOf<'producers'>,
  deps: VisibleEntriesDeps,
): Promise<boolean> => {
  const districtOf = async () => entry.district;
  if (await reaches(caller, { kind: 'producer', producer: ProducerId.parse(id) }, districtOf)) return true;
  if (caller.role !== 'depot') return false;
  for (const scope of caller.scopes) {
    const { data: depot } = LocationId.safeParse(scope.replace('location:', ''));
    if (depot && isServedBy(entry, depot, await districtIn(deps)(depot))) return true;
  }
  return false;
};

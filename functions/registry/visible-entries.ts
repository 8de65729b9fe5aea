import { type Caller, canReach, targetOf } from '../../shared/kernel/access.ts';
import {
  AreaId,
  type DistrictId,
  type LocationId,
  locationKind,
  ProducerId,
  StockLocationId,
  stockLocationKind,
} from '../../shared/kernel/ids.ts';
import { isServedBy } from '../../shared/materials/entitlement-account.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import { hasIdOfProducer, REGISTRY_EDITORS, type RegistryKind } from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { assignmentsOf, type Staff, withoutContact } from '../../shared/registry/staff.ts';

type AnyEntry = EntryOf<RegistryKind>;

export type VisibleEntriesDeps = { readonly registry: RegistryStore };

/** Only people within reach. Only editors see phones and e-mails. */
export const visibleEntries = async (
  caller: Caller,
  entries: readonly AnyEntry[],
  deps: VisibleEntriesDeps,
): Promise<AnyEntry[]> => {
  await deps.registry.recollect(entries.flatMap(references));
  const visible: AnyEntry[] = [];
  for (const registered of entries)
    if (isOfKind('staff', registered)) {
      if (await canReachStaff(caller, registered.entry, deps))
        visible.push(
          REGISTRY_EDITORS.includes(caller.role)
            ? registered
            : { ...registered, entry: withoutContact(registered.entry) },
        );
    } else if (isOfKind('producers', registered)) {
      if (await canReachProducer(caller, registered, deps)) visible.push(registered);
    } else if (hasIdOfProducer(registered.kind)) {
      const producer = ProducerId.parse(registered.id);
      if (await canReach(caller, { kind: 'producer', producer }, districtLookup(deps))) visible.push(registered);
    } else visible.push(registered);
  return visible;
};

const isOfKind = <Kind extends RegistryKind>(kind: Kind, registered: AnyEntry): registered is EntryOf<Kind> =>
  registered.kind === kind;

const references = (registered: AnyEntry): { readonly kind: RegistryKind; readonly id: string }[] =>
  isOfKind('staff', registered)
    ? assignmentsOf(registered.entry).flatMap((id) => {
        const { data: location } = StockLocationId.safeParse(id);
        return location ? [{ kind: stockLocationKind(location), id: location }] : [];
      })
    : hasIdOfProducer(registered.kind)
      ? [{ kind: 'producers' as const, id: registered.id }]
      : [];

const districtLookup =
  ({ registry }: VisibleEntriesDeps) =>
  async (location: LocationId): Promise<DistrictId | undefined> =>
    (await registry.entry(locationKind(location), location))?.entry.district;

const canReachStaff = async (caller: Caller, staff: Staff, deps: VisibleEntriesDeps): Promise<boolean> => {
  for (const id of assignmentsOf(staff)) {
    const { data: location } = StockLocationId.safeParse(id);
    const { data: area } = AreaId.safeParse(id);
    const target = location
      ? targetOf(location)
      : area === 'state' || !area
        ? ({ kind: 'state' } as const)
        : ({ kind: 'district', district: area } as const);
    if (await canReach(caller, target, districtLookup(deps))) return true;
  }
  return false;
};

const canReachProducer = async (
  caller: Caller,
  { id, entry }: EntryOf<'producers'>,
  deps: VisibleEntriesDeps,
): Promise<boolean> => {
  const districtOf = async () => entry.district;
  if (await canReach(caller, { kind: 'producer', producer: ProducerId.parse(id) }, districtOf)) return true;
  if (caller.role !== 'depot') return false;
  for (const scope of caller.scopes) {
    const { data: depot } = StockLocationId.safeParse(scope.replace('location:', ''));
    if (depot && isServedBy(entry, depot, await districtLookup(deps)(depot))) return true;
  }
  return false;
};

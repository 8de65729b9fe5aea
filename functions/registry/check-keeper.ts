import { type Caller, canReach } from '../../shared/kernel/access.ts';
import { AreaId, DistrictId, StockLocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import {
  type EditableKind,
  type EntryByKind,
  hasIdOfProducer,
  REGISTRY,
} from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { assignmentsOf, type Staff } from '../../shared/registry/staff.ts';

export type CheckKeeperDeps = { readonly registry: RegistryStore };

type KeptEntry<Kind extends EditableKind = EditableKind> = { readonly id: string; readonly entry: EntryByKind[Kind] };

export const refuseOtherKeeper = async <Kind extends EditableKind>(
  caller: Caller,
  kind: Kind,
  entries: readonly KeptEntry<Kind>[],
  deps: CheckKeeperDeps,
): Promise<Refusal | undefined> => {
  const [first] = await keeperProblems(caller, kind, entries, deps);
  return first && refuse('FORBIDDEN', `${first[1]}.`);
};

/**
 * By id, why the caller may not change an entry. Officers of a district keep its outlets,
 * producers, staff and items; officers of the state keep all. References must be checked before,
 * because an entry's district may be that of a reference.
 */
export const keeperProblems = async <Kind extends EditableKind>(
  caller: Caller,
  kind: Kind,
  entries: readonly KeptEntry<Kind>[],
  deps: CheckKeeperDeps,
): Promise<ReadonlyMap<string, string>> => {
  const anywhere = await canReach(caller, { kind: 'state' }, async () => undefined);
  if (anywhere || entries.length === 0) return new Map();
  const districtsOf = REGISTRY[kind].keepers === 'district' ? await districtReader(kind, entries, deps) : undefined;
  const problems = new Map<string, string>();
  for (const kept of entries)
    for (const district of districtsOf?.(kept) ?? [undefined])
      if (district === undefined || !(await canReach(caller, { kind: 'district', district }, async () => undefined)))
        problems.set(kept.id, `${kind} ${kept.id}${belongsTo(district)}`);
  return problems;
};

const belongsTo = (district: DistrictId | undefined): string =>
  district === undefined
    ? ' is kept by the state: it takes an officer of the state (scope state) or an admin'
    : ` belongs to district ${district}: it takes an officer of it (scope district:${district}) or of the state`;

/**
 * Districts of an entry; `undefined` is the state. An item belongs to its seller's district,
 * registrations to their producer's.
 */
export const districtReader = async <Kind extends EditableKind>(
  kind: Kind,
  entries: readonly KeptEntry<Kind>[],
  { registry }: CheckKeeperDeps,
): Promise<(kept: KeptEntry<Kind>) => readonly (DistrictId | undefined)[]> => {
  const of = ({ id, entry }: KeptEntry<Kind>): readonly { readonly kind: EditableKind; readonly id: string }[] => {
    if (hasIdOfProducer(kind)) return [{ kind: 'producers', id }];
    if (kind === 'staff')
      return assignmentsOf(entry as Staff).flatMap((assigned) => {
        const { data: location } = StockLocationId.safeParse(assigned);
        return location ? [{ kind: stockLocationKind(location), id: location }] : [];
      });
    return 'seller' in entry ? [{ kind: 'sellers', id: String(entry.seller) }] : [];
  };
  const found = await registry.recollect(entries.flatMap(of));
  const districtOf = (key: string): DistrictId | undefined => {
    const entry = found.get(key)?.entry;
    return entry && 'district' in entry ? entry.district : undefined;
  };
  return ({ id, entry }) => {
    if (kind === 'staff')
      return assignmentsOf(entry as Staff).map((assigned) => {
        const { data: location } = StockLocationId.safeParse(assigned);
        if (location) return districtOf(`${stockLocationKind(location)}/${location}`);
        const { data: area } = AreaId.safeParse(assigned);
        return area === 'state' ? undefined : area;
      });
    if (hasIdOfProducer(kind)) return [districtOf(`producers/${id}`)];
    if (kind === 'districts') return [DistrictId.parse(id)];
    if ('seller' in entry) return [districtOf(`sellers/${entry.seller}`)];
    return ['district' in entry ? entry.district : undefined];
  };
};

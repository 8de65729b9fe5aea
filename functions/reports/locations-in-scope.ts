import { DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { Stand } from '../../shared/reports/report.ts';

type Area = 'state' | DistrictId;

const KINDS = { outlets: ['outlets'], depots: ['depots'], everywhere: ['outlets', 'depots'] } as const;

export type LocationsInScopeDeps = { readonly registry: RegistryStore };

/** The locations of an area, in the order of their ids. */
export const standsOf = async (
  area: Area,
  at: keyof typeof KINDS,
  { registry }: LocationsInScopeDeps,
): Promise<Stand[]> => {
  const kinds = KINDS[at].map((kind) => everything((after) => registry.list(kind, after)));
  return (await Promise.all(kinds))
    .flat()
    .filter(({ entry }) => area === 'state' || entry.district === area)
    .map(({ id, entry }) => ({ location: LocationId.parse(id), district: entry.district }))
    .toSorted((one, other) => (one.location < other.location ? -1 : 1));
};

export const districtsOf = async (area: Area, { registry }: LocationsInScopeDeps): Promise<DistrictId[]> =>
  area === 'state'
    ? (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id))
    : [area];

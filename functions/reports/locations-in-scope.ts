import { DistrictId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { ReportLocation } from '../../shared/reports/report.ts';

type Area = 'state' | DistrictId;

const KINDS_BY_SCOPE = { outlets: ['outlets'], depots: ['depots'], everywhere: ['outlets', 'depots'] } as const;

export type LocationsInScopeDeps = { readonly registry: RegistryStore };

export const locationsInArea = async (
  area: Area,
  at: keyof typeof KINDS_BY_SCOPE,
  { registry }: LocationsInScopeDeps,
): Promise<ReportLocation[]> => {
  const kinds = KINDS_BY_SCOPE[at].map((kind) => allPages((after) => registry.list(kind, after)));
  return (await Promise.all(kinds))
    .flat()
    .filter(({ entry }) => area === 'state' || entry.district === area)
    .map(({ id, entry }) => ({ location: StockLocationId.parse(id), district: entry.district }))
    .toSorted((one, other) => (one.location < other.location ? -1 : 1));
};

export const districtsInArea = async (area: Area, { registry }: LocationsInScopeDeps): Promise<DistrictId[]> =>
  area === 'state'
    ? (await allPages((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id))
    : [area];

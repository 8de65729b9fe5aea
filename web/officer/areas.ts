import { signal } from '@preact/signals';
import type { AreaId, DistrictId } from '../../shared/kernel/ids.ts';
import { addDays, type Day, dayOf, instantOf } from '../../shared/kernel/time.ts';
import type { Depot, Outlet } from '../../shared/registry/entries.ts';
import { isOpenAt } from '../../shared/registry/entry-status.ts';
import { allPages, api } from '../app/api.ts';
import { user } from '../app/session.ts';
import { language } from '../app/texts.ts';

type District = { readonly id: DistrictId; readonly name: string; readonly nameHi: string };

export type OfficePlace = {
  readonly id: string;
  readonly district: string;
  readonly name: string;
  readonly nameHi?: string | undefined;
  readonly isClosed: boolean;
};

const districts = signal<ReadonlyMap<string, District>>(new Map());
const places = signal<ReadonlyMap<string, OfficePlace>>(new Map());

/** The state, or the districts of this officer. */
export const areasOfOfficer = (): readonly AreaId[] => {
  const { role, scope = [] } = user.value ?? {};
  if (role === 'admin' || scope.includes('state')) return ['state'];
  return scope.flatMap((one) => (one.startsWith('district:') ? [one.slice('district:'.length) as DistrictId] : []));
};

export const isOfState = (): boolean => areasOfOfficer().includes('state');

/** The officer's districts. All districts are read once, for their names. */
export const loadDistricts = async (): Promise<readonly District[]> => {
  if (districts.value.size === 0) {
    const pages = await allPages((query) => api.listEntries({ path: { kind: 'districts' }, query }));
    const found = pages.flatMap(({ entries }) =>
      entries.map(({ id, entry }) => ({ ...(entry as Omit<District, 'id'>), id: id as DistrictId })),
    );
    districts.value = new Map(found.map((one) => [one.id, one]));
  }
  const own = areasOfOfficer();
  return [...districts.value.values()].filter(({ id }) => own.includes('state') || own.includes(id));
};

const officePlaceOf = (id: string, entry: Outlet | Depot): OfficePlace => ({
  id,
  name: entry.name,
  nameHi: 'nameHi' in entry ? entry.nameHi : undefined,
  district: entry.district,
  isClosed: entry.status === 'closed' && !isOpenAt(entry, instantOf(Date.now())),
});

/** A code such as `PBE-D1`. */
export const isDepot = (location: string): boolean => /-D\d$/.test(location);

/** Outlets and depots of a district or the state. */
export const loadPlaces = async (area: AreaId): Promise<readonly OfficePlace[]> => {
  const found = await Promise.all(
    (['outlets', 'depots'] as const).map((kind) =>
      allPages((query) => api.listEntries({ path: { kind }, query: { area, ...query } })),
    ),
  );
  const rows = found
    .flat()
    .flatMap(({ entries }) => entries.map(({ id, entry }) => officePlaceOf(id, entry as Outlet | Depot)));
  places.value = new Map([...places.value, ...rows.map((one) => [one.id, one] as const)]);
  return rows;
};

/** Reads the names of listed locations, each once. Without a name the id is shown. */
export const loadPlaceNames = async (ids: readonly string[]): Promise<void> => {
  const unknown = [...new Set(ids)].filter((id) => /^[A-Z]{1,5}-/.test(id) && !places.value.has(id)).slice(0, 60);
  const found = await Promise.all(
    unknown.map(async (id) => {
      const kind = isDepot(id) ? ('depots' as const) : ('outlets' as const);
      const answer = await api.getEntry({ path: { kind, id } }).catch(() => undefined);
      return answer?.ok ? [officePlaceOf(id, answer.body.entry)] : [];
    }),
  );
  places.value = new Map([...places.value, ...found.flat().map((one) => [one.id, one] as const)]);
};

const named = (one: { readonly name: string; readonly nameHi?: string | undefined } | undefined): string | undefined =>
  one && (language.value === 'hi' ? (one.nameHi ?? one.name) : one.name);

/** The name of the state, a district or a location; its id if the name is unknown. */
export const nameOfArea = (id: string): string => {
  if (id === 'state') return language.value === 'hi' ? 'उत्तर प्रदेश' : 'Uttar Pradesh';
  return named(districts.value.get(id)) ?? named(places.value.get(id)) ?? id;
};

export const placeOf = (id: string): OfficePlace | undefined => places.value.get(id);

/** In IST. */
export const today = (): Day => dayOf(instantOf(Date.now()));

/** Yesterday: reports cover whole days. */
export const lastDay = (): Day => addDays(today(), -1);

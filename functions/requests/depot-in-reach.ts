import { type Caller, reaches } from '../../shared/kernel/access.ts';
import { type LocationId, type Place, placeKind } from '../../shared/kernel/ids.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type DepotInReachDeps = { readonly registry: RegistryStore };

/** A depot's manager serves any producer, but at the depots they reach only. Others' access does not hang on the depot. */
export const reachesDepot = async (
  caller: Caller,
  depot: LocationId,
  { registry }: DepotInReachDeps,
): Promise<boolean> => {
  if (caller.role !== 'depot') return true;
  const districtOf = async (place: Place) => (await registry.entry(placeKind(place), place))?.entry.district;
  return reaches(caller, { kind: 'location', location: depot }, districtOf);
};

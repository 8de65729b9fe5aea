import { type Caller, canReach } from '../../shared/kernel/access.ts';
import { type LocationId, locationKind, type StockLocationId } from '../../shared/kernel/ids.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type DepotInReachDeps = { readonly registry: RegistryStore };

/** A depot's manager serves any producer, but at the depots they reach only. Others' access does not hang on the depot. */
export const hasAccessToDepot = async (
  caller: Caller,
  depot: StockLocationId,
  { registry }: DepotInReachDeps,
): Promise<boolean> => {
  if (caller.role !== 'depot') return true;
  const districtOf = async (place: LocationId) => (await registry.entry(locationKind(place), place))?.entry.district;
  return canReach(caller, { kind: 'location', location: depot }, districtOf);
};

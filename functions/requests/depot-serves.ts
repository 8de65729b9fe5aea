import { type Caller, canReach } from '../../shared/kernel/access.ts';
import { type LocationId, locationKind, type ProducerId, type StockLocationId } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { AskedDepotStore } from '../../shared/materials/requested-depot-store.ts';
import { isServedBy } from '../../shared/materials/serving-depot.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type DepotServesDeps = { readonly askedDepots: AskedDepotStore; readonly registry: RegistryStore };

/** A depot serves its district's producers, those whose entry names it, and those whose own phone asked it. */
export const isServedByDepot = async (
  depot: StockLocationId,
  producer: ProducerId,
  { registry, askedDepots }: DepotServesDeps,
): Promise<boolean> => {
  const entry = (await registry.entry('producers', producer))?.entry;
  if (!entry) return false;
  const district = (await registry.entry('depots', depot))?.entry.district;
  return isServedBy(entry, depot, district) || askedDepots.has(producer, depot);
};

/** Callers of another role are checked by their scope, before the operation begins. */
export const refuseUnserved = async (
  caller: Caller,
  producer: ProducerId,
  deps: DepotServesDeps,
): Promise<Refusal | undefined> => {
  if (caller.role !== 'depot') return undefined;
  const districtOf = async (place: LocationId) =>
    (await deps.registry.entry(locationKind(place), place))?.entry.district;
  if (await canReach(caller, { kind: 'producer', producer }, districtOf)) return undefined;
  for (const depot of depotsOf(caller)) if (await isServedByDepot(depot, producer, deps)) return undefined;
  return refuseNotServed(producer);
};

/** Or a request there that the producer's own phone, their group's, or their card made: at a counter anyone can be asked for. */
export const isPinAllowed = async (
  { via, depot, producer }: MaterialRequest,
  deps: DepotServesDeps,
): Promise<boolean> => via !== 'counter' || isServedByDepot(depot, producer, deps);

export const refuseNotServed = (producer: ProducerId): Refusal =>
  refuse(
    'FORBIDDEN',
    `This depot does not serve producer ${producer}: an officer can name the depot in the producer's entry.`,
  );

const depotsOf = ({ scopes }: Caller): StockLocationId[] =>
  scopes.flatMap((scope) =>
    scope.startsWith('location:') ? [scope.slice('location:'.length) as StockLocationId] : [],
  );

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

import { type Caller, canReach } from '../../shared/kernel/access.ts';
import { type LocationId, locationKind, type ProducerId, type StockLocationId } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { isServedBy } from '../../shared/materials/entitlement-account.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { RequestedDepotStore } from '../../shared/materials/passbook-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type DepotServesDeps = { readonly requestedDepots: RequestedDepotStore; readonly registry: RegistryStore };

/** Includes producers whose phone sent it a request. */
export const isServedByDepot = async (
  depot: StockLocationId,
  producer: ProducerId,
  { registry, requestedDepots }: DepotServesDeps,
): Promise<boolean> => {
  const entry = (await registry.entry('producers', producer))?.entry;
  if (!entry) return false;
  const district = (await registry.entry('depots', depot))?.entry.district;
  return isServedBy(entry, depot, district) || requestedDepots.has(producer, depot);
};

/** Checks depots only: the scope check has covered the other roles. */
export const refuseUnserved = async (
  caller: Caller,
  producer: ProducerId,
  deps: DepotServesDeps,
): Promise<Refusal | undefined> => {
  if (caller.role !== 'depot') return undefined;
  const districtOf = async (location: LocationId) =>
    (await deps.registry.entry(locationKind(location), location))?.entry.district;
  if (await canReach(caller, { kind: 'producer', producer }, districtOf)) return undefined;
  for (const depot of depotsOf(caller)) if (await isServedByDepot(depot, producer, deps)) return undefined;
  return refuseNotServed(producer);
};

/** A counter can submit for anyone, so its own request proves nothing. */
export const isPinAllowed = async (
  { via, depot, producer }: MaterialRequest,
  deps: DepotServesDeps,
): Promise<boolean> => via !== 'counter' || isServedByDepot(depot, producer, deps);

export const refuseNotServed = (producer: ProducerId): Refusal =>
  refuse('FORBIDDEN', `This depot does not serve producer ${producer}. An officer can add it to the producer's entry.`);

const depotsOf = ({ scopes }: Caller): StockLocationId[] =>
  scopes.flatMap((scope) =>
    scope.startsWith('location:') ? [scope.slice('location:'.length) as StockLocationId] : [],
  );

export type DepotInReachDeps = { readonly registry: RegistryStore };

export const hasAccessToDepot = async (
  caller: Caller,
  depot: StockLocationId,
  { registry }: DepotInReachDeps,
): Promise<boolean> => {
  if (caller.role !== 'depot') return true;
  const districtOf = async (location: LocationId) =>
    (await registry.entry(locationKind(location), location))?.entry.district;
  return canReach(caller, { kind: 'location', location: depot }, districtOf);
};

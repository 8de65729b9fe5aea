import type { Composition } from '../../shared/api/composition.ts';
import { type Caller, reaches } from '../../shared/kernel/access.ts';
import { type LocationId, type Place, type ProducerId, placeKind } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { isServedBy } from '../../shared/materials/serving-depot.ts';

type Reads = Pick<Composition, 'registry' | 'askedDepots'>;

/** A depot serves its district's producers, those whose entry names it, and those whose own phone asked it. */
export const depotServes = async (
  depot: LocationId,
  producer: ProducerId,
  { registry, askedDepots }: Reads,
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
  reads: Reads,
): Promise<Refusal | undefined> => {
  if (caller.role !== 'depot') return undefined;
  const districtOf = async (place: Place) => (await reads.registry.entry(placeKind(place), place))?.entry.district;
  if (await reaches(caller, { kind: 'producer', producer }, districtOf)) return undefined;
  for (const depot of depotsOf(caller)) if (await depotServes(depot, producer, reads)) return undefined;
  return notServed(producer);
};

/** Or a request there that the producer's own phone, their group's, or their card made: at a counter anyone can be asked for. */
export const mayTryPin = async ({ via, depot, producer }: MaterialRequest, reads: Reads): Promise<boolean> =>
  via !== 'counter' || depotServes(depot, producer, reads);

export const notServed = (producer: ProducerId): Refusal =>
  refuse(
    'FORBIDDEN',
    `This depot does not serve producer ${producer}: an officer can name the depot in the producer's entry.`,
  );

const depotsOf = ({ scopes }: Caller): LocationId[] =>
  scopes.flatMap((scope) => (scope.startsWith('location:') ? [scope.slice('location:'.length) as LocationId] : []));

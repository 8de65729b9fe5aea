import type { Caller } from '../../shared/domain/access.ts';
import type { LocationId } from '../../shared/domain/ids.ts';

/** A depot's manager serves any producer, but at their own depot only. Others' access does not hang on the depot. */
export const reachesDepot = ({ role, scopes }: Caller, depot: LocationId): boolean =>
  role !== 'depot' || scopes.some((scope) => scope === `location:${depot}` || scope === 'state');

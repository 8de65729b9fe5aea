import * as z from 'zod';
import { DistrictId, isProducer, type LocationId, ProducerId, StockLocationId } from './ids.ts';

export const ROLES = ['outlet', 'depot', 'producer', 'officer', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** `location:LKO-01`, `producer:P0042`, `district:PBT` or `state`. */
export const Scope = z
  .union([
    z.templateLiteral(['location:', StockLocationId]),
    z.templateLiteral(['producer:', ProducerId]),
    z.templateLiteral(['district:', DistrictId]),
    z.literal('state'),
  ])
  .brand('Scope');
export type Scope = z.infer<typeof Scope>;

/** Who asks: one role, and what it reaches. */
export type Caller = { readonly sub: string; readonly role: Role; readonly scopes: readonly Scope[] };

/** What a request is about. `anything` needs some scope, whichever; `state` needs the whole state. */
export type AccessTarget =
  | { readonly kind: 'location'; readonly location: StockLocationId }
  | { readonly kind: 'producer'; readonly producer: ProducerId }
  | { readonly kind: 'district'; readonly district: DistrictId }
  | { readonly kind: 'state' }
  | { readonly kind: 'anything' };

/** A stall, a depot, or a producer's workshop. */
export const targetOf = (place: LocationId): AccessTarget =>
  isProducer(place) ? { kind: 'producer', producer: place } : { kind: 'location', location: place };

/** Which district a place is in, where it is known. Asked only of callers whose scope is a district. */
export type FindDistrict = (place: LocationId) => Promise<DistrictId | undefined>;

/** May this caller's scopes reach the target? A place nobody knows is in no district, so it is refused like one that is elsewhere. */
export const canReach = async (caller: Caller, target: AccessTarget, districtOf: FindDistrict): Promise<boolean> => {
  const has = (scope: string) => caller.scopes.some((held) => held === scope);
  const inDistrict = async (place: LocationId) => {
    if (!caller.scopes.some((scope) => scope.startsWith('district:'))) return false;
    const district = await districtOf(place);
    return district !== undefined && has(`district:${district}`);
  };
  if (caller.role === 'admin' || has('state')) return true;
  switch (target.kind) {
    case 'state':
      return false;
    case 'anything':
      return caller.scopes.length > 0;
    case 'district':
      return has(`district:${target.district}`);
    case 'location':
      return has(`location:${target.location}`) || inDistrict(target.location);
    case 'producer':
      return has(`producer:${target.producer}`) || inDistrict(target.producer);
  }
};

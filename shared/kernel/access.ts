import * as z from 'zod';
import { DistrictId, isProducer, type LocationId, ProducerId, StockLocationId } from './ids.ts';

export const ROLES = ['outlet', 'depot', 'producer', 'officer', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const Scope = z
  .union([
    z.templateLiteral(['location:', StockLocationId]),
    z.templateLiteral(['producer:', ProducerId]),
    z.templateLiteral(['district:', DistrictId]),
    z.literal('state'),
  ])
  .brand('Scope');
export type Scope = z.infer<typeof Scope>;

export type Caller = { readonly sub: string; readonly role: Role; readonly scopes: readonly Scope[] };

/** `anything` needs any one scope. `state` needs the whole state. */
export type AccessTarget =
  | { readonly kind: 'location'; readonly location: StockLocationId }
  | { readonly kind: 'producer'; readonly producer: ProducerId }
  | { readonly kind: 'district'; readonly district: DistrictId }
  | { readonly kind: 'state' }
  | { readonly kind: 'anything' };

export const targetOf = (place: LocationId): AccessTarget =>
  isProducer(place) ? { kind: 'producer', producer: place } : { kind: 'location', location: place };

/** Called only for callers with a district scope. `undefined`: the district is unknown. */
export type FindDistrict = (place: LocationId) => Promise<DistrictId | undefined>;

/** True if a scope covers the target. A location of unknown district is in no district. */
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

/** Outlet staff share one cheap phone, so they sign in without a second factor. */
const ROLES_WITH_SECOND_FACTOR: readonly Role[] = ['officer', 'admin'];

export const needsSecondFactor = (role: string): boolean => ROLES_WITH_SECOND_FACTOR.some((one) => one === role);

export type TokenClaims = {
  /** A group is a role. */
  readonly groups: readonly string[];
  readonly mfa: boolean;
};

/** Without a second factor, removes the roles that need one. */
export const toTokenClaims = (groups: readonly string[], hasSecondFactor: boolean): TokenClaims => ({
  groups: hasSecondFactor ? groups : groups.filter((group) => !needsSecondFactor(group)),
  mfa: hasSecondFactor,
});

import type { Role } from './access.ts';

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

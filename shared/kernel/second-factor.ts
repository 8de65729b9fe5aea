import type { Role } from './access.ts';

/** Roles that Bahi serves only after a sign-in with a second factor. Staff of a stall share the one cheap phone there. */
const ROLES_WITH_SECOND_FACTOR: readonly Role[] = ['officer', 'admin'];

export const needsSecondFactor = (role: string): boolean => ROLES_WITH_SECOND_FACTOR.some((one) => one === role);

export type TokenClaims = {
  /** Groups that the token names: a role is a group. */
  readonly groups: readonly string[];
  /** The claim `mfa` of the token. */
  readonly mfa: boolean;
};

/** What a token says of whoever signed in. Without a second factor it leaves out the roles that need one, so that it opens nothing of theirs. */
export const toTokenClaims = (groups: readonly string[], hasSecondFactor: boolean): TokenClaims => ({
  groups: hasSecondFactor ? groups : groups.filter((group) => !needsSecondFactor(group)),
  mfa: hasSecondFactor,
});

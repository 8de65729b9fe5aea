import { AdminGetUserCommand, type CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import * as z from 'zod';
import { type Caller, needsSecondFactor, Role, Scope, toTokenClaims } from '../kernel/access.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { lambdaHandler } from './telemetry.ts';

export type HasSecondFactor = (userPool: string, user: string) => Promise<boolean>;

/**
 * Cognito's trigger, version 1: changes the ID token at each sign-in and refresh. A throw refuses
 * the token. Calls Cognito only for roles that need a second factor.
 */
export const preTokenGeneration = (hasSecondFactor: HasSecondFactor) =>
  lambdaHandler<PreTokenGenerationTriggerEvent, PreTokenGenerationTriggerEvent>(async (event) => {
    const { groupsToOverride: named = [] } = event.request.groupConfiguration;
    const isAsked = named.some(needsSecondFactor);
    const { groups, mfa } = toTokenClaims(named, isAsked && (await hasSecondFactor(event.userPoolId, event.userName)));
    event.response.claimsOverrideDetails = {
      claimsToAddOrOverride: { mfa: String(mfa) },
      groupOverrideDetails: { groupsToOverride: [...groups] },
    };
    return event;
  });

/** True if the user signs in with an authenticator app. Throws if Cognito does not answer. */
export const secondFactorLookup =
  (cognito: CognitoIdentityProviderClient) =>
  async (UserPoolId: string, Username: string): Promise<boolean> => {
    const { UserMFASettingList = [] } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return UserMFASettingList.includes('SOFTWARE_TOKEN_MFA');
  };

/** API Gateway writes array claims as text: `[outlet]`, `[a b]`. */
const parseList = (text: string): string[] =>
  text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter(Boolean);

const CallerClaims = z.object({
  sub: z.string().min(1),
  'cognito:groups': z.string().transform(parseList).pipe(z.array(Role).length(1)),
  /** Only Cognito's token trigger sets it. */
  mfa: z.literal('true').optional().catch(undefined),
  'custom:scope': z.string().default('').transform(parseList).pipe(z.array(Scope)),
});

/** The caller of a verified token. It must name exactly one role. */
export const callerOf = (claims: unknown): Caller | Refusal => {
  if (claims === undefined) return refuse('UNAUTHENTICATED', 'The request carried no token.');
  const { data } = CallerClaims.safeParse(claims);
  if (!data) return refuse('FORBIDDEN', 'The token names no single role and scopes that Bahi knows.');
  const role = data['cognito:groups'][0] as Role;
  if (needsSecondFactor(role) && data.mfa === undefined)
    return refuse(
      'MFA_REQUIRED',
      `The role ${role} signs in with a second factor, and this token was given without one.`,
    );
  return { sub: data.sub, role, scopes: data['custom:scope'] };
};

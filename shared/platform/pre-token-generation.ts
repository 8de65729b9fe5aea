import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import { needsSecondFactor, toTokenClaims } from '../kernel/second-factor.ts';
import { lambdaHandler } from './lambda-handler.ts';

/** Whether a user of a pool has a second factor. */
export type HasSecondFactor = (userPool: string, user: string) => Promise<boolean>;

/**
 * The chain of Cognito's trigger "pre token generation", version 1: it changes the ID token, which the app sends. It runs at each sign-in and each
 * refresh. A throw refuses the token, and whoever signs in tries again. Only roles that need a second factor cost a call of Cognito.
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

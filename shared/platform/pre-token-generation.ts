import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import { needsSecondFactor, toTokenClaims } from '../kernel/second-factor.ts';
import { lambdaHandler } from './lambda-handler.ts';

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

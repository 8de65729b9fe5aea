import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { preTokenGeneration, secondFactorLookup } from '../../shared/platform/sign-in.ts';

const hasSecondFactor = secondFactorLookup(new CognitoIdentityProviderClient());

export const handler = preTokenGeneration(hasSecondFactor);

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { secondFactorLookup } from '../../shared/platform/cognito-second-factor.ts';
import { preTokenGeneration } from '../../shared/platform/pre-token-generation.ts';

const hasSecondFactor = secondFactorLookup(new CognitoIdentityProviderClient());

export const handler = preTokenGeneration(hasSecondFactor);

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { secondFactorLookup } from '../../shared/platform/cognito-second-factor.ts';
import { preTokenGeneration } from '../../shared/platform/pre-token-generation.ts';

/** `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` names another endpoint, as the SDK reads it. */
const hasSecondFactor = secondFactorLookup(new CognitoIdentityProviderClient());

export const handler = preTokenGeneration(hasSecondFactor);

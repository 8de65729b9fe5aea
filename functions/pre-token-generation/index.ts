import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { preTokenGeneration } from '../../shared/platform/pre-token-generation.ts';
import { secondFactorLookup } from '../../shared/platform/second-factor.ts';

/** `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` names another endpoint, as the SDK reads it. */
const hasSecondFactor = secondFactorLookup(new CognitoIdentityProviderClient());

export const handler = preTokenGeneration(hasSecondFactor);

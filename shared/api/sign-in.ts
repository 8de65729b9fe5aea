import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { secondFactorOf } from '../platform/second-factor.ts';

/** `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` names another endpoint, as the SDK reads it. */
export const hasSecondFactor = secondFactorOf(new CognitoIdentityProviderClient());

import { AdminGetUserCommand, type CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

/** True if the user signs in with an authenticator app. Throws if Cognito does not answer. */
export const secondFactorLookup =
  (cognito: CognitoIdentityProviderClient) =>
  async (UserPoolId: string, Username: string): Promise<boolean> => {
    const { UserMFASettingList = [] } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return UserMFASettingList.includes('SOFTWARE_TOKEN_MFA');
  };

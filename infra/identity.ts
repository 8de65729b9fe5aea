import { Aws, Duration, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  CfnUserPoolRiskConfigurationAttachment,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolClientOptions,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Role } from '../shared/platform/operation-contract.ts';
import { bahiFunction } from './bahi-function.ts';
import { removalPolicyOf, type Site, siteOf, stageOf } from './stages.ts';
import type { BahiTables } from './tables.ts';

const GROUPS = {
  outlet: 'Staff of an outlet',
  depot: 'Managers of a depot',
  producer: 'Artisans and units',
  officer: 'District and state officers',
  admin: 'System administrators',
} as const satisfies Record<Role, string>;

/** Officers create accounts. A role is a group; its reach is `custom:scope`. */
export const identity = (scope: Construct, tables: BahiTables) => {
  const userPool = new UserPool(scope, 'People', {
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: false,
    customAttributes: { scope: new StringAttribute({ maxLen: 2048, mutable: true }) },
    // Few staff have e-mail; the account's creator resets a forgotten password.
    accountRecovery: AccountRecovery.NONE,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    featurePlan: FeaturePlan.PLUS,
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
    deletionProtection: stageOf(scope).keepsData,
    removalPolicy: removalPolicyOf(scope),
  });
  Validations.of(userPool).acknowledge({
    id: 'AwsSolutions-COG2',
    reason:
      'Cognito requires a second factor of everybody or nobody, and the staff of a stall share one cheap phone. ' +
      'Officers and admins must have one: without it their tokens carry no role (functions/pre-token-generation).',
  });
  requireSecondFactor(scope, userPool, tables);
  signInRisks(scope, userPool);
  for (const [groupName, description] of Object.entries(GROUPS))
    new CfnUserPoolGroup(scope, `Group-${groupName}`, { userPoolId: userPool.userPoolId, groupName, description });
  const domainPrefix = `${stageOf(scope).resourcePrefix}-${Aws.ACCOUNT_ID}`;
  const signInPage = userPool.addDomain('SignInPage', { cognitoDomain: { domainPrefix } });
  return { userPool, client: appClient(scope, userPool), signInUrl: signInPage.baseUrl() };
};

/** Cognito's limit for a trigger. */
const TRIGGER_TIMEOUT = Duration.seconds(5);

/**
 * Officers and admins without a second factor get no role. Cognito itself can require it only of
 * everybody.
 */
const requireSecondFactor = (scope: Construct, userPool: UserPool, tables: BahiTables) => {
  const trigger = bahiFunction(scope, 'pre-token-generation', { tables, timeout: TRIGGER_TIMEOUT, memorySize: 512 });
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, trigger);
  // Outside the function's role, because pool and role would depend on each other.
  const read = new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: [userPool.userPoolArn] });
  const policy = new Policy(userPool, 'ReadSecondFactor', { statements: [read] });
  if (trigger.role) policy.attachToRole(trigger.role);
};

/**
 * Phones roam, so a suspicious sign-in only asks for the second factor. A stolen password blocks.
 */
const signInRisks = (scope: Construct, { userPoolId }: UserPool) => {
  const askAgain = { eventAction: 'MFA_IF_CONFIGURED', notify: false };
  new CfnUserPoolRiskConfigurationAttachment(scope, 'SignInRisks', {
    userPoolId,
    clientId: 'ALL',
    compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' } },
    accountTakeoverRiskConfiguration: { actions: { mediumAction: askAgain, highAction: askAgain } },
  });
};

/** The code flow with PKCE, back to the screens. Without a site there is no page to return to. */
const signInFlow = (site: Site | undefined): UserPoolClientOptions =>
  site
    ? {
        oAuth: {
          flows: { authorizationCodeGrant: true },
          scopes: [OAuthScope.OPENID],
          callbackUrls: [`${site.url}/`],
          logoutUrls: [`${site.url}/`],
        },
        supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      }
    : { disableOAuth: true };

/** A public client. It may read the attribute `scope`, for the ID token, but not write it. */
const appClient = (scope: Construct, userPool: UserPool) =>
  new UserPoolClient(scope, 'App', {
    userPool,
    generateSecret: false,
    // The second needs an IAM permission too: operators sign in by the AWS CLI (docs/deploy.md).
    authFlows: { userSrp: true, adminUserPassword: true },
    ...signInFlow(siteOf(scope)),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    // The holder of a stall changes every fortnight. Permissions are renewed every hour.
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(14),
    readAttributes: new ClientAttributes().withStandardAttributes({ locale: true }).withCustomAttributes('scope'),
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
  });

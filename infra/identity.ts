import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  CfnUserPoolRiskConfigurationAttachment,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Role } from '../shared/platform/operation-contract.ts';
import { bahiFunction } from './bahi-function.ts';
import type { BahiTables } from './tables.ts';

const GROUPS = {
  outlet: 'Staff of a stall',
  depot: 'Managers of a depot',
  producer: 'Artisans and units',
  officer: 'District and state officers',
  admin: 'Who runs the system',
} as const satisfies Record<Role, string>;

/** Who may sign in. Officers make the accounts: a role is a group, and what it reaches is `custom:scope`. */
export const identity = (scope: Construct, tables: BahiTables) => {
  const userPool = new UserPool(scope, 'People', {
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: false,
    customAttributes: { scope: new StringAttribute({ maxLen: 2048, mutable: true }) },
    // Few at a stall have e-mail; a forgotten password is set anew by whoever made the account.
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
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(userPool).acknowledge({
    id: 'AwsSolutions-COG2',
    reason:
      'Cognito asks a second factor of all or of none, and staff share a cheap phone that is the only one at the stall. ' +
      'Officers and admins must have one: without it their tokens carry no role (functions/pre-token-generation).',
  });
  requireSecondFactor(scope, userPool, tables);
  signInRisks(scope, userPool);
  for (const [groupName, description] of Object.entries(GROUPS))
    new CfnUserPoolGroup(scope, `Group-${groupName}`, { userPoolId: userPool.userPoolId, groupName, description });
  return { userPool, client: appClient(scope, userPool) };
};

/** Cognito waits five seconds for a trigger. */
const TRIGGER_TIMEOUT = Duration.seconds(5);

/** Officers and admins without a second factor get tokens without their role. Cognito alone can do this only for everybody. */
const requireSecondFactor = (scope: Construct, userPool: UserPool, tables: BahiTables) => {
  const trigger = bahiFunction(scope, 'pre-token-generation', { tables, timeout: TRIGGER_TIMEOUT, memorySize: 512 });
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, trigger);
  // Beside the pool: within the function's own role the two would wait for each other.
  const read = new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: [userPool.userPoolArn] });
  const policy = new Policy(userPool, 'ReadSecondFactor', { statements: [read] });
  if (trigger.role) policy.attachToRole(trigger.role);
};

/** A stall's phone roams between networks: to shut it out on a guess would shut the stall. A password known to be stolen is no guess. */
const signInRisks = (scope: Construct, { userPoolId }: UserPool) => {
  const askAgain = { eventAction: 'MFA_IF_CONFIGURED', notify: false };
  new CfnUserPoolRiskConfigurationAttachment(scope, 'SignInRisks', {
    userPoolId,
    clientId: 'ALL',
    compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' } },
    accountTakeoverRiskConfiguration: { actions: { mediumAction: askAgain, highAction: askAgain } },
  });
};

/** The app on a phone keeps no secret. It reads its scope, so that ID tokens carry it, and may write none of it. */
const appClient = (scope: Construct, userPool: UserPool) =>
  new UserPoolClient(scope, 'App', {
    userPool,
    generateSecret: false,
    authFlows: { userSrp: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    // A stall changes hands every fortnight: whoever takes it over signs in. What an hour-old token may do is seen again each hour.
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(14),
    readAttributes: new ClientAttributes().withStandardAttributes({ locale: true }).withCustomAttributes('scope'),
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
  });

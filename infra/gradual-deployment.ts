import { Duration, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaApplication,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { stageOf } from './stages.ts';

/** Shorter than the canary's five minutes. */
export const DEPLOYMENT_PERIOD = { period: Duration.minutes(1) };

export type GradualDeployment = {
  /** Returns the alias to call. */
  readonly live: (fn: NodejsFunction) => IFunction;
  readonly stopBy: (alarm: Alarm) => void;
};

/** In a trial a new version gets all calls at once. */
export const gradualDeployment = (stack: Construct): GradualDeployment => {
  const scope = new Construct(stack, 'Deployment');
  const application = new LambdaApplication(scope, 'Application');
  const role = deploymentRole(scope);
  const groups: LambdaDeploymentGroup[] = [];
  return {
    live: (fn) => {
      const alias = new Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion as IVersion });
      groups.push(deploymentGroup(alias, application, role));
      return alias as IFunction;
    },
    stopBy: (alarm) => {
      for (const group of groups) group.addAlarm(alarm);
    },
  };
};

const deploymentGroup = (alias: Alias, application: ILambdaApplication, role: Role): LambdaDeploymentGroup =>
  new LambdaDeploymentGroup(alias, 'Group', {
    alias,
    application,
    role,
    deploymentConfig: stageOf(alias).deploysGradually
      ? LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES
      : LambdaDeploymentConfig.ALL_AT_ONCE,
    autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
  });

const POLICY = 'service-role/AWSCodeDeployRoleForLambdaLimited';

const deploymentRole = (scope: Construct): Role => {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
  });
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}]`,
    reason: 'AWS keeps the policy up to date with what CodeDeploy calls: it moves aliases and reads alarms.',
  });
  return role;
};

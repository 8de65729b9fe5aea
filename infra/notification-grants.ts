import { Stack, Validations } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { parseSmsRegistration } from '../shared/notifications/sms-registration.ts';
import { MESSAGES_VARIABLES } from '../shared/platform/environment.ts';

/**
 * One topic per location, district and state, created on first use: only the registry knows them.
 */
const TOPIC_PREFIX = 'bahi-alerts';

/** `-c sms='{"sender":…}'`, parsed here so that a wrong registration is not deployed. */
export const notificationEnvironment = (scope: Construct): Readonly<Record<string, string>> => {
  const sms: unknown = scope.node.tryGetContext('sms');
  return {
    [MESSAGES_VARIABLES.topics]: TOPIC_PREFIX,
    ...(typeof sms === 'string' && { [MESSAGES_VARIABLES.sms]: JSON.stringify(parseSmsRegistration(sms)) }),
  };
};

const TOPIC_ACTIONS = ['sns:CreateTopic', 'sns:GetTopicAttributes', 'sns:Publish', 'sns:Subscribe'];

/** Alert topics only, and SMS, which publishes to no topic. */
export const grantSend = (sender: IFunction): void => {
  const resource = Stack.of(sender).formatArn({ service: 'sns', resource: `${TOPIC_PREFIX}-*` });
  sender.addToRolePolicy(new PolicyStatement({ actions: TOPIC_ACTIONS, resources: [resource] }));
  sender.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:*:sns:*:*:*'] }));
  if (sender.role)
    Validations.of(sender.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:${TOPIC_PREFIX}-*]`,
      reason: 'One topic per location and district; only the registry knows them.',
    });
};

export const grantPublish = (sender: IFunction, bus: EventBus): void =>
  sender.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));

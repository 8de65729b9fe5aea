import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { parseSmsRegistration } from '../shared/notifications/sms.ts';
import { MESSAGES_VARIABLES } from '../shared/platform/environment.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetterQueue, streamSource } from './queues.ts';
import { stageOf } from './stages.ts';
import type { BahiTables } from './tables.ts';

/**
 * Alerts stream to event bus and urgent notifications. Records given up stay in the list and, while
 * open, in the next digest.
 */
export const alertNotifications = (stack: Construct, tables: BahiTables, topic: ITopic): void => {
  const scope = new Construct(stack, 'AlertWatch');
  const failedRecords = deadLetterQueue(
    scope,
    'NewsFailed',
    'Some urgent alerts reach people only in the morning digest, and other systems miss events. Find the cause in the log of ' +
      'functions/notify-alerts. The messages here are only stream positions: purge them afterwards.',
    topic,
  );
  const bus = new EventBus(scope, 'Events', {
    eventBusName: stageOf(scope).resourcePrefix,
    description: 'Alert events of Bahi',
  });
  const notifyAlerts = bahiFunction(scope, 'notify-alerts', {
    tables,
    timeout: Duration.minutes(1),
    memorySize: 512,
    environment: { ...notificationEnvironment(scope), [MESSAGES_VARIABLES.bus]: bus.eventBusName },
  });
  grantSend(notifyAlerts);
  grantPublish(notifyAlerts, bus);
  notifyAlerts.addEventSource(
    // The CDK's table types disagree about an absent stream; this table has one.
    streamSource(tables.Alerts as ITable, { deadLetters: failedRecords }),
  );
  new CfnOutput(stack, 'EventsBus', { value: bus.eventBusName });
};

/**
 * One topic per location, district and state, created on first use: only the registry knows them.
 */
const topicPrefix = (scope: Construct): string => `${stageOf(scope).resourcePrefix}-alerts`;

/** `-c sms='{"sender":…}'`, parsed here so that a wrong registration is not deployed. */
export const notificationEnvironment = (scope: Construct): Readonly<Record<string, string>> => {
  const sms: unknown = scope.node.tryGetContext('sms');
  return {
    [MESSAGES_VARIABLES.topics]: topicPrefix(scope),
    ...(typeof sms === 'string' && { [MESSAGES_VARIABLES.sms]: JSON.stringify(parseSmsRegistration(sms)) }),
  };
};

const TOPIC_ACTIONS = ['sns:CreateTopic', 'sns:GetTopicAttributes', 'sns:Publish', 'sns:Subscribe'];

/** Alert topics only, and SMS, which publishes to no topic. */
export const grantSend = (sender: IFunction): void => {
  const resource = Stack.of(sender).formatArn({ service: 'sns', resource: `${topicPrefix(sender)}-*` });
  sender.addToRolePolicy(new PolicyStatement({ actions: TOPIC_ACTIONS, resources: [resource] }));
  sender.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:*:sns:*:*:*'] }));
  if (sender.role)
    Validations.of(sender.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:${topicPrefix(sender)}-*]`,
      reason: 'One topic per location and district; only the registry knows them.',
    });
};

const grantPublish = (sender: IFunction, bus: EventBus): void =>
  sender.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));

import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { MESSAGES_VARIABLES } from '../shared/platform/environment.ts';
import { bahiFunction } from './bahi-function.ts';
import { grantPublish, grantSend, notificationEnvironment } from './notification-grants.ts';
import { deadLetterQueue } from './queues.ts';
import { streamSource } from './stream.ts';
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
    eventBusName: 'bahi',
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

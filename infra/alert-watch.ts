import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { MESSAGES_VARIABLES } from '../shared/platform/environment.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetters } from './queues.ts';
import { streamOf } from './stream.ts';
import type { BahiTables } from './tables.ts';
import { mayPublish, maySend, tellingEnvironment } from './telling.ts';

/** Stream of alerts → the bus, and what is urgent → people. What it gives up is in the list of alerts and, while open, in the next digest. */
export const alertWatch = (stack: Construct, tables: BahiTables, topic: ITopic): void => {
  const scope = new Construct(stack, 'AlertWatch');
  const givenUp = deadLetters(
    scope,
    'NewsFailed',
    'Some urgent alerts are told in the digest of the morning only, and other systems miss events. Find the cause in the log of ' +
      'functions/notify-alerts. Messages here only say where in the stream the changes stood: purge them then.',
    topic,
  );
  const bus = new EventBus(scope, 'Events', {
    eventBusName: 'bahi',
    description: 'What happens to the alerts of Bahi',
  });
  const notifyAlerts = bahiFunction(scope, 'notify-alerts', {
    tables,
    timeout: Duration.minutes(1),
    memorySize: 512,
    environment: { ...tellingEnvironment(scope), [MESSAGES_VARIABLES.bus]: bus.eventBusName },
  });
  maySend(notifyAlerts);
  mayPublish(notifyAlerts, bus);
  notifyAlerts.addEventSource(
    // The CDK's own types differ in how they say that a table has no stream; this one has.
    streamOf(tables.Alerts as ITable, { givenUp }),
  );
  new CfnOutput(stack, 'EventsBus', { value: bus.eventBusName });
};

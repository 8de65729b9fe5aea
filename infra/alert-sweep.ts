import { Duration } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ALERT_QUEUE } from '../shared/contract/environment.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetters, queue } from './queues.ts';
import { scheduleJobs } from './schedules.ts';
import type { BahiTables } from './tables.ts';

const ONE_MINUTE = Duration.minutes(1);

/** Schedule → planner → queue of locations → worker: finds hourly what the stream of stock missed. */
export const alertSweep = (stack: Construct, tables: BahiTables, topic: ITopic): void => {
  const scope = new Construct(stack, 'AlertSweep');
  const work = queue(scope, 'Locations', {
    // AWS asks for six times the worker's time, so that a message that is being worked on is not given out again.
    visibilityTimeout: Duration.minutes(6),
    retentionPeriod: Duration.days(1),
    deadLetterQueue: {
      maxReceiveCount: 3,
      queue: deadLetters(
        scope,
        'LocationsFailed',
        'Some locations go without their hourly look at alerts, so that a shelf may stay empty unseen. Find the cause in ' +
          'the log of functions/raise-alerts, then redrive this queue; a message more or less does no harm.',
        topic,
      ),
    },
  });
  planner(scope, { tables, topic, work });

  bahiFunction(scope, 'raise-alerts', { tables, timeout: ONE_MINUTE, memorySize: 512 }).addEventSource(
    // Five at a time look over 1,200 locations in a few minutes, and leave the tables to the stalls.
    new SqsEventSource(work, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 5 }),
  );
};

type Planned = { readonly tables: BahiTables; readonly topic: ITopic; readonly work: ReturnType<typeof queue> };

const planner = (scope: Construct, { tables, topic, work }: Planned): void => {
  const unplanned = deadLetters(
    scope,
    'PlansFailed',
    'A job did not run: no location had its hourly look at alerts. Find the cause in the log of functions/plan-job; ' +
      'the next hour makes it good, so that purging this queue is enough.',
    topic,
  );
  const plan = bahiFunction(scope, 'plan-job', {
    tables,
    timeout: ONE_MINUTE,
    memorySize: 512,
    environment: { [ALERT_QUEUE]: work.queueUrl },
  });
  work.grant(plan, 'sqs:SendMessage');
  // The schedule only hands its event over: what the function then makes of it is tried again, and kept, here.
  plan.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.minutes(30),
    onFailure: new SqsDestination(unplanned),
  });
  scheduleJobs(scope, plan, unplanned);
};

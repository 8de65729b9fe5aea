import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { queueVariable } from '../shared/platform/environment.ts';
import { JOBS, type Job } from '../shared/platform/jobs.ts';
import { silenceAlarm } from './alarms.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetterQueue } from './queues.ts';
import type { BahiTables } from './tables.ts';

type PlannerProps = { readonly tables: BahiTables; readonly topic: ITopic; readonly queues: ReadonlyMap<Job, IQueue> };

/** All schedules call it; it queues a job's locations. */
export const planner = (scope: Construct, { tables, topic, queues }: PlannerProps): void => {
  const undelivered = deadLetterQueue(
    scope,
    'PlansFailed',
    'A job did not run at any location; the message names it. Find the cause in the log of functions/plan-job. An hourly ' +
      'job recovers by itself. Without allocate-materials no artisan gets a share today: run it by hand, as the ' +
      'runbook says. Then purge this queue.',
    topic,
  );
  const urls = [...queues].map(([job, { queueUrl }]) => [queueVariable(job), queueUrl] as const);
  const plan = bahiFunction(scope, 'plan-job', {
    tables,
    timeout: Duration.minutes(1),
    memorySize: 512,
    environment: Object.fromEntries(urls),
  });
  for (const jobQueue of queues.values()) jobQueue.grant(plan, 'sqs:SendMessage');
  // The scheduler invokes asynchronously, so failures are retried and kept here.
  plan.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.minutes(30),
    onFailure: new SqsDestination(undelivered),
  });
  scheduleJobs(scope, plan, undelivered);
  silenceAlarm(scope, 'NothingPlanned', {
    metric: plan.metricInvocations({ period: Duration.hours(2), statistic: 'Sum' }),
    description:
      'No job has started for two hours: alerts are late, and tonight nothing would be closed, planned or reconciled. Check that ' +
      'the schedules are enabled and may invoke functions/plan-job; then run the missed jobs by hand, as the runbook says.',
    topic,
  });
};

/** A call not delivered within half an hour goes to `undelivered`. */
const scheduleJobs = (scope: Construct, planner: IFunction, undelivered: IQueue): void => {
  const role = schedulerRole(scope, planner, undelivered);
  for (const [job, { schedule, does }] of Object.entries(JOBS))
    new Schedule(scope, `Schedule-${job}`, {
      description: `${job}: ${does}`,
      schedule: ScheduleExpression.expression(schedule, TimeZone.ASIA_KOLKATA),
      target: new LambdaInvoke(planner, {
        input: ScheduleTargetInput.fromObject({ job }),
        role,
        retryAttempts: 5,
        maxEventAge: Duration.minutes(30),
        deadLetterQueue: undelivered,
      }),
    });
};

/** The target's own grant would allow every version of the function. */
const schedulerRole = (scope: Construct, planner: IFunction, undelivered: IQueue) => {
  const role = new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [planner.functionArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [undelivered.queueArn] }));
  return role.withoutPolicyUpdates();
};

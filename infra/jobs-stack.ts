import { type App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { queueVariable } from '../shared/platform/environment.ts';
import { JOBS, Job } from '../shared/platform/jobs.ts';
import { alarm, countMetric, silenceAlarm } from './alarms.ts';
import { alertNotifications } from './alert-notifications.ts';
import { bahiFunction } from './bahi-function.ts';
import type { DataStack } from './data-stack.ts';
import { jobWorker, stockEvaluation } from './job-worker.ts';
import { deadLetterQueue } from './queues.ts';
import type { BahiTables } from './tables.ts';

/** Scheduled jobs, and the functions on the streams of stock and alerts. */
export class JobsStack extends Stack {
  /** Serves night exports and requested exports. */
  readonly exportQueue: IQueue;

  constructor(app: App, id: string, { tables, topic, seals, exports }: DataStack) {
    super(app, id, { description: 'Bahi: schedules, queues and streams' });
    const queueOf = (job: Job) => jobWorker(this, job, { tables, topic, seals, exports });
    this.exportQueue = queueOf('export-vouchers');
    const others = Job.options.filter((job) => job !== 'export-vouchers');
    const queues = new Map(others.map((job) => [job as Job, queueOf(job)] as const));
    queues.set('export-vouchers', this.exportQueue);
    planner(this, { tables, topic, queues });
    stockEvaluation(this, tables, topic);
    alertNotifications(this, tables, topic);
    alarm(this, 'BooksDrift', {
      metric: countMetric('DriftsFound'),
      description:
        'Balances and vouchers disagree somewhere: stock may be missing, or a voucher was changed. The log of ' +
        'functions/reconcile-ledger says Drift, with the location, the figures and the repair; its district has an alert.',
      topic,
    });
    alarm(this, 'WorkFails', {
      metric: countMetric('WorkFailed'),
      description:
        'A job fails at some location, whose figures are old; other locations are not affected. Its district has an alert of type ' +
        'failed that names the location, the job and the error. Fix the cause: the alert resolves when the job succeeds there.',
      topic,
    });
    alarm(this, 'RowsUnreadable', {
      metric: countMetric('RowsUnreadable'),
      description:
        'A list or report is incomplete, because a row in a table cannot be read. The log of the function says "left out", ' +
        'with the table and the key. Fix the row, or the schema that refuses it.',
      topic,
    });
  }
}

type PlannerProps = { readonly tables: BahiTables; readonly topic: ITopic; readonly queues: ReadonlyMap<Job, IQueue> };

/** All schedules call it; it queues a job's locations. */
const planner = (scope: Construct, { tables, topic, queues }: PlannerProps): void => {
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

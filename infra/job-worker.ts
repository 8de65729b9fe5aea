import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EXPORTS_VARIABLE, queueVariable, SEALS_VARIABLE, SHOWCASE_VARIABLES } from '../shared/platform/environment.ts';
import type { Job } from '../shared/platform/jobs.ts';
import { alarm, FIVE_MINUTES } from './alarms.ts';
import { grantSend, notificationEnvironment } from './alert-notifications.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetterQueue, queue, streamSource } from './queues.ts';
import { showcaseBucketName, siteOf, stageOf } from './stages.ts';
import type { BahiTables } from './tables.ts';
import { WORKERS } from './workers.ts';

type JobWorkerProps = {
  readonly tables: BahiTables;
  readonly topic: ITopic;
  readonly seals: Bucket;
  readonly exports: Bucket;
};

export const jobWorker = (scope: Construct, job: Job, { tables, topic, seals, exports }: JobWorkerProps): IQueue => {
  const { timeout, memorySize, batchSize, maxConcurrency, retention, impact, redrive } = WORKERS[job];
  const description = `${impact} Find the cause in the log of functions/${job}, then redrive this queue: ${redrive}.`;
  const jobQueue = queue(scope, `Queue-${job}`, {
    // AWS recommends six times the worker's timeout.
    visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
    retentionPeriod: retention,
    deadLetterQueue: { maxReceiveCount: 3, queue: deadLetterQueue(scope, `Failed-${job}`, description, topic) },
  });
  const sealAccess = SEAL_ACCESS[job];
  const environment = {
    ...(sealAccess && { [SEALS_VARIABLE]: seals.bucketName }),
    ...(job === 'build-showcase' && showcaseEnvironment(scope)),
    ...(job === 'export-vouchers' && {
      [EXPORTS_VARIABLE]: exports.bucketName,
      [queueVariable(job)]: jobQueue.queueUrl,
    }),
    ...(NOTIFYING_JOBS.has(job) && notificationEnvironment(scope)),
  };
  const worker = bahiFunction(scope, job, { tables, timeout, memorySize, environment });
  if (job === 'export-vouchers') {
    grantExports(worker, exports);
    jobQueue.grant(worker, 'sqs:SendMessage');
  }
  if (sealAccess) grantSeals(worker, seals, sealAccess);
  if (job === 'build-showcase') grantShowcase(worker);
  if (NOTIFYING_JOBS.has(job)) grantSend(worker);
  alarm(scope, `Late-${job}`, {
    metric: jobQueue.metricApproximateAgeOfOldestMessage({ ...FIVE_MINUTES, statistic: 'Maximum' }),
    above: MAX_MESSAGE_AGE.toSeconds(),
    description: `${impact} Work of ${job} has waited for four hours: check in the log of functions/${job} whether it is slow or stopped.`,
    topic,
  });
  worker.addEventSource(new SqsEventSource(jobQueue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  return jobQueue;
};

/** Longer than the retries, which end in the dead-letter alarm. */
const MAX_MESSAGE_AGE = Duration.hours(4);

const NOTIFYING_JOBS: ReadonlySet<Job> = new Set<Job>(['send-digest']);

/** Ends of the close chains. No version can be deleted before its retention ends. */
const SEAL_ACCESS: Partial<Record<Job, 'puts' | 'looks'>> = { 'close-day': 'puts', 'reconcile-ledger': 'looks' };

const grantSeals = (worker: IFunction, seals: Bucket, access: 'puts' | 'looks'): void => {
  const allow = (actions: string[], resource: string) =>
    worker.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(['s3:GetObject', ...(access === 'puts' ? ['s3:PutObject'] : [])], seals.arnForObjects('*'));
  // Without it, S3 answers 403 for a missing object.
  if (access === 'looks') allow(['s3:ListBucket'], seals.bucketArn);
  if (worker.role)
    Validations.of(worker.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${Stack.of(seals).stackName}:ExportsOutputFnGetAttSeals7EBF2A19ArnB5107462/*]`,
      reason: 'The bucket holds only seals, one object per close of a location, and this worker needs all of them.',
    });
};

const showcaseEnvironment = (scope: Construct) => ({
  [SHOWCASE_VARIABLES.bucket]: showcaseBucketName(scope),
  [SHOWCASE_VARIABLES.site]: siteOf(scope)?.url ?? '',
});

const grantShowcase = (worker: IFunction): void => {
  const bucket = `arn:aws:s3:::${showcaseBucketName(worker)}`;
  const allow = (actions: string[], resource: string) =>
    worker.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [bucket, '*'].join('/'));
  // Without it, S3 answers 403 for a missing object.
  allow(['s3:ListBucket'], bucket);
  if (worker.role)
    Validations.of(worker.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:aws:s3:::${stageOf(worker).resourcePrefix}-showcase-<AWS::AccountId>/*]`,
      reason:
        'The bucket holds only the public pages, which this worker alone writes, and what it needs to write them.',
    });
};

/** Only writes: officers read by Athena, or requested files by links of functions/reports. */
const grantExports = (worker: IFunction, exports: Bucket): void => {
  const prefixes = ['vouchers/*', 'exports/*'];
  const resources = prefixes.map((prefix) => exports.arnForObjects(prefix));
  worker.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources }));
  for (const prefix of prefixes)
    acknowledgeExports(worker, exports, prefix, 'The worker writes all objects of exports and reads none.');
};

/** Links to requested files. */
export const grantExportLinks = (reader: IFunction, exports: Bucket): void => {
  reader.addToRolePolicy(
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [exports.arnForObjects('exports/*')] }),
  );
  acknowledgeExports(reader, exports, 'exports/*', 'It links to files of requested exports, one for each location.');
};

const acknowledgeExports = ({ role }: IFunction, exports: Bucket, prefix: string, reason: string): void => {
  const bucket = `${Stack.of(exports).stackName}:ExportsOutputFnGetAttVoucherExports3059A0BBArnDDE629E1`;
  if (role) Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${bucket}/${prefix}]`, reason });
};

/** Gives up within an hour, because the hourly sweep finds what it missed. */
export const stockEvaluation = (stack: Construct, tables: BahiTables, topic: ITopic): void => {
  const scope = new Construct(stack, 'StockWatch');
  const failedRecords = deadLetterQueue(
    scope,
    'ChangesFailed',
    'Some alerts come up to an hour late, from the hourly sweep. Find the cause in the log of functions/evaluate-stock. The ' +
      'messages here are only stream positions: purge them after the next sweep.',
    topic,
  );
  const evaluateStock = bahiFunction(scope, 'evaluate-stock', {
    tables,
    timeout: Duration.minutes(1),
    memorySize: 512,
  });
  evaluateStock.addEventSource(
    // CDK's types differ on whether a table has a stream; this one has.
    streamSource(tables.Stock as ITable, { deadLetters: failedRecords, parallelism: 2 }),
  );
  alarm(scope, 'ChangesLate', {
    metric: evaluateStock.metric('IteratorAge', { ...FIVE_MINUTES, statistic: 'Maximum' }),
    above: Duration.minutes(10).toMilliseconds(),
    description:
      'Alerts about empty shelves are late: functions/evaluate-stock is ten minutes behind the stock stream. Look for errors ' +
      'that it retries; if there are none, raise its parallelization factor.',
    topic,
  });
};

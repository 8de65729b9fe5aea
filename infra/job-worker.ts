import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { SEALS_VARIABLE } from '../shared/platform/environment.ts';
import type { Job } from '../shared/platform/jobs.ts';
import { alarm, FIVE_MINUTES } from './alarms.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetters, queue } from './queues.ts';
import type { BahiTables } from './tables.ts';
import { maySend, tellingEnvironment } from './telling.ts';
import { WORKERS } from './workers.ts';

type Around = { readonly tables: BahiTables; readonly topic: ITopic; readonly seals: Bucket };

/** A job's queue of locations, and the worker that takes them: the function of the job's own name. */
export const jobWorker = (scope: Construct, job: Job, { tables, topic, seals }: Around): IQueue => {
  const { timeout, memorySize, batchSize, maxConcurrency, wanted, suffers, redriven } = WORKERS[job];
  const description = `${suffers} Find the cause in the log of functions/${job}, then redrive this queue: ${redriven}.`;
  const work = queue(scope, `Queue-${job}`, {
    // AWS asks for six times the worker's time, so that a message that is being worked on is not given out again.
    visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
    retentionPeriod: wanted,
    deadLetterQueue: { maxReceiveCount: 3, queue: deadLetters(scope, `Failed-${job}`, description, topic) },
  });
  const sealing = SEALING[job];
  const environment = {
    ...(sealing && { [SEALS_VARIABLE]: seals.bucketName }),
    ...(TELLING.has(job) && tellingEnvironment(scope)),
  };
  const made = bahiFunction(scope, job, { tables, timeout, memorySize, environment });
  if (sealing) mayUse(made, seals, sealing);
  if (TELLING.has(job)) maySend(made);
  alarm(scope, `Late-${job}`, {
    metric: work.metricApproximateAgeOfOldestMessage({ ...FIVE_MINUTES, statistic: 'Maximum' }),
    above: LATE.toSeconds(),
    description: `${suffers} Work of ${job} waits for four hours: see in the log of functions/${job} whether it is slow or stopped.`,
    topic,
  });
  made.addEventSource(new SqsEventSource(work, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  return work;
};

/** Longer than what fails is tried again: that rings as a dead letter. */
const LATE = Duration.hours(4);

/** Who writes to people. */
const TELLING: ReadonlySet<Job> = new Set<Job>(['send-digest']);

/** Who puts the ends of chains where nobody can write them again, and who looks what is there; no version of an object can be taken out before its time. */
const SEALING: Partial<Record<Job, 'puts' | 'looks'>> = { 'close-day': 'puts', 'reconcile-ledger': 'looks' };

const mayUse = (worker: IFunction, seals: Bucket, how: 'puts' | 'looks'): void => {
  const allow = (actions: string[], resource: string) =>
    worker.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(['s3:GetObject', ...(how === 'puts' ? ['s3:PutObject'] : [])], seals.arnForObjects('*'));
  // Without the list, S3 says of what is not there that it may not be read.
  if (how === 'looks') allow(['s3:ListBucket'], seals.bucketArn);
  if (worker.role)
    Validations.of(worker.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::BahiData:ExportsOutputFnGetAttSeals7EBF2A19ArnB5107462/*]',
      reason:
        'A bucket of nothing but seals, one object for each close of each location: all of them are this worker’s.',
    });
};

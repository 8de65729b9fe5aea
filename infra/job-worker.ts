import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Job } from '../shared/contract/jobs.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetters, queue } from './queues.ts';
import type { BahiTables } from './tables.ts';
import { WORKERS } from './workers.ts';

type Around = { readonly tables: BahiTables; readonly topic: ITopic };

/** A job's queue of locations, and the worker that takes them: the function of the job's own name. */
export const jobWorker = (scope: Construct, job: Job, { tables, topic }: Around): IQueue => {
  const { timeout, memorySize, batchSize, maxConcurrency, wanted, suffers, redriven } = WORKERS[job];
  const description = `${suffers} Find the cause in the log of functions/${job}, then redrive this queue: ${redriven}.`;
  const work = queue(scope, `Queue-${job}`, {
    // AWS asks for six times the worker's time, so that a message that is being worked on is not given out again.
    visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
    retentionPeriod: wanted,
    deadLetterQueue: { maxReceiveCount: 3, queue: deadLetters(scope, `Failed-${job}`, description, topic) },
  });
  bahiFunction(scope, job, { tables, timeout, memorySize }).addEventSource(
    new SqsEventSource(work, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
  );
  return work;
};

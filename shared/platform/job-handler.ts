import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { type Environment, queueVariable } from './environment.ts';
import { AreaMessage, Job, JobMessage, LocationMessage, StockLocationMessage } from './jobs.ts';
import { UnavailableError } from './retry.ts';
import { type Dependencies, onCurrentRuntime } from './runtime.ts';
import { logFailure } from './tasks.ts';
import { type CountMetric, lambdaHandler, logger } from './telemetry.ts';

/** From EventBridge Scheduler. */
const DueJob = z.object({ job: Job });

/** One chain for planners. The schedule retries after a throw. */
export const plannerHandler = <Deps>(
  dependencies: Dependencies<Deps>,
  plan: (job: Job, deps: NoInfer<Deps>) => Promise<void>,
) => {
  const deps = onCurrentRuntime(dependencies);
  return lambdaHandler<unknown, void>(async (event) => plan(DueJob.parse(event).job, deps()));
};

/** The queue's `maxReceiveCount` (infra/job-worker.ts). */
const MAX_RECEIVE_COUNT = 3;

/** `isLast`: the last try. */
type MessageTask<Message, Deps> = (message: Message, deps: Deps, isLast: boolean) => Promise<void>;

export type WorkerDeps = {
  readonly count: CountMetric;
  readonly failureAlerts: {
    open(work: WorkOfDay, error: unknown): Promise<void>;
    resolve(work: WorkOfDay): Promise<void>;
  };
};

type WorkOfDay = {
  readonly location: LocationMessage['location'] | AreaMessage['area'];
  readonly work: Job;
  readonly day: LocationMessage['day'];
};

/** One chain for workers. Failed messages are retried, then go to the dead-letter queue. */
const workerHandler = <Message, Deps>(
  said: z.ZodType<Message>,
  dependencies: Dependencies<Deps>,
  work: MessageTask<Message, Deps>,
) => {
  const deps = onCurrentRuntime(dependencies);
  const each = logFailure(
    ({ messageId }: SQSRecord) => ({ messageId }),
    (record) => {
      const isLast = Number(record.attributes?.ApproximateReceiveCount ?? 1) >= MAX_RECEIVE_COUNT;
      return work(said.parse(JSON.parse(record.body)), deps(), isLast);
    },
  );
  return lambdaHandler<SQSEvent, SQSBatchResponse>((event) =>
    processPartialResponse(event, each, new BatchProcessor(EventType.SQS), { throwOnFullBatchFailure: false }),
  );
};

const placeOf = (message: JobMessage): WorkOfDay['location'] => ('area' in message ? message.area : message.location);

/**
 * Whether the alert opens before the last try. An UnavailableError may pass; retries follow within
 * minutes, and officers cannot act on area jobs.
 */
const opensEarly = (message: JobMessage, error: unknown): boolean =>
  'location' in message && !(error instanceof UnavailableError);

/** A failed job opens an alert; its next success resolves it. */
const withFailureAlert =
  <Message extends JobMessage, Deps extends WorkerDeps>(
    work: (message: Message, deps: Deps) => Promise<void>,
  ): MessageTask<Message, Deps> =>
  async (message, deps, isLast) => {
    const { failureAlerts, count } = deps;
    const about = { location: placeOf(message), work: message.job, day: message.day };
    try {
      await work(message, deps);
    } catch (error) {
      if (!isLast && !opensEarly(message, error)) throw error;
      count('WorkFailed', 1);
      // Throws the work's own error, even if writing the alert fails.
      await failureAlerts
        .open(about, error)
        .catch((failure: unknown) => logger.error('the alert of a failed job was not written', { error: failure }));
      throw error;
    }
    await failureAlerts.resolve(about);
  };

/** The worker of a job whose messages have fields of their own. */
export const jobWorker = <Message extends JobMessage, Deps extends WorkerDeps>(
  message: z.ZodType<Message>,
  dependencies: Dependencies<Deps>,
  work: (message: Message, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(message, dependencies, withFailureAlert(work));

export const stockLocationWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  work: (message: StockLocationMessage, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(StockLocationMessage, dependencies, withFailureAlert(work));

export const locationWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  work: (message: LocationMessage, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(LocationMessage, dependencies, withFailureAlert(work));

export const areaWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  work: (message: AreaMessage, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(AreaMessage, dependencies, withFailureAlert(work));

/** Has messages for locations and for areas. */
export const locationAndAreaWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  atLocation: (message: LocationMessage, deps: NoInfer<Deps>) => Promise<void>,
  forArea: (message: AreaMessage, deps: NoInfer<Deps>) => Promise<void>,
) =>
  workerHandler(
    JobMessage,
    dependencies,
    withFailureAlert<JobMessage, Deps>((message, deps) =>
      'area' in message ? forArea(message, deps) : atLocation(message, deps),
    ),
  );

/** Each job has its own queue. */
export type JobQueue = { send(job: Job, messages: readonly JobMessage[]): Promise<void> };

/** SQS's limit. */
const BATCH_SIZE = 10;

/** Any refused message is a failure: the planner runs again, and repeats are safe. */
export const jobQueue = (client: SQSClient, queues: Environment['queues']): JobQueue => ({
  send: async (job, messages) => {
    const QueueUrl = queues[job];
    if (QueueUrl === undefined) throw new Error(`this function has no queue for ${job}: set ${queueVariable(job)}`);
    for (let at = 0; at < messages.length; at += BATCH_SIZE) {
      const Entries = messages
        .slice(at, at + BATCH_SIZE)
        .map((message, n) => ({ Id: String(n), MessageBody: JSON.stringify(message) }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`the queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
    }
  },
});

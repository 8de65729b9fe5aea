import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { AreaMessage, Job, LocationMessage, StockLocationMessage } from './jobs.ts';
import { lambdaHandler } from './lambda-handler.ts';
import { logFailure } from './log-failure.ts';
import { type Dependencies, onCurrentRuntime } from './runtime.ts';
import { type CountMetric, logger } from './telemetry.ts';

/** What EventBridge Scheduler sends to the planner. */
const DueJob = z.object({ job: Job });

/** The one chain for planners: a job is due. A throw is a retry of the schedule. */
export const plannerHandler = <Deps>(
  dependencies: Dependencies<Deps>,
  plan: (job: Job, deps: NoInfer<Deps>) => Promise<void>,
) => {
  const deps = onCurrentRuntime(dependencies);
  return lambdaHandler<unknown, void>(async (event) => plan(DueJob.parse(event).job, deps()));
};

/** A message given out so often is not given out again: the queue's `maxReceiveCount` (infra/job-worker.ts). */
const MAX_RECEIVE_COUNT = 3;

/** `isLast`: it was given out for the last time. */
type MessageTask<Message, Deps> = (message: Message, deps: Deps, isLast: boolean) => Promise<void>;

/** What the chain itself needs, to open and resolve alerts of failed work. */
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

/** The one chain for workers: each message stands or falls alone; those that fail come again, and in the end to the dead-letter queue. */
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

/** `early`: whether its alert may open before the last try. */
type FailureRule<Message> = {
  readonly locationOf: (message: Message) => WorkOfDay['location'];
  readonly early: (error: unknown) => boolean;
};

/** A failed job opens an alert, and its next success resolves it. */
const withFailureAlert =
  <Message extends LocationMessage | AreaMessage, Deps extends WorkerDeps>(
    work: (message: Message, deps: Deps) => Promise<void>,
    { locationOf, early }: FailureRule<Message>,
  ): MessageTask<Message, Deps> =>
  async (message, deps, isLast) => {
    const { failureAlerts, count } = deps;
    const about = { location: locationOf(message), work: message.job, day: message.day };
    try {
      await work(message, deps);
    } catch (error) {
      if (!isLast && !early(error)) throw error;
      count('WorkFailed', 1);
      // The message fails with the work's own error, even if the alert cannot be written.
      await failureAlerts
        .open(about, error)
        .catch((failure: unknown) => logger.error('the alert of a failed job was not written', { error: failure }));
      throw error;
    }
    await failureAlerts.resolve(about);
  };

/** An `UnavailableError` may pass by itself; any other error opens the alert at the first try. */
const atLocation: FailureRule<LocationMessage> = {
  locationOf: ({ location }) => location,
  early: (error) => !(error instanceof UnavailableError),
};

/** The retries follow within minutes, and officers cannot act on a job of a whole area. */
const forArea: FailureRule<AreaMessage> = { locationOf: ({ area }) => area, early: () => false };

/** Of jobs that are planned for shelves, for all day books, and for areas. */
export const stockLocationWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  work: (message: StockLocationMessage, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(StockLocationMessage, dependencies, withFailureAlert(work, atLocation));

export const locationWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  work: (message: LocationMessage, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(LocationMessage, dependencies, withFailureAlert(work, atLocation));

export const areaWorker = <Deps extends WorkerDeps>(
  dependencies: Dependencies<Deps>,
  work: (message: AreaMessage, deps: NoInfer<Deps>) => Promise<void>,
) => workerHandler(AreaMessage, dependencies, withFailureAlert(work, forArea));

import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { ALERT_COUNTS } from '../alerts/alert-metrics.ts';
import { type Composition, composition } from '../api/composition.ts';
import { Busy } from '../kernel/unavailable-error.ts';
import { AreaMessage, Job, LocationMessage, PlaceMessage } from './jobs.ts';
import { told } from './log-failure.ts';
import { observed } from './observed.ts';
import { logger } from './telemetry.ts';

/** What EventBridge Scheduler sends to the planner. */
const Due = z.object({ job: Job });

/** The one chain for planners: a job is due. A throw is a retry of the schedule. */
export const planner = (plan: (job: Job, tools: Composition) => Promise<void>) =>
  observed<unknown, void>(async (event) => plan(Due.parse(event).job, composition()));

/** A message given out so often is not given out again: the queue's `maxReceiveCount` (infra/job-worker.ts). */
const MOST_RECEIVED = 3;

/** `isLast`: it was given out for the last time. */
type Work<Message> = (message: Message, tools: Composition, isLast: boolean) => Promise<void>;

/** The one chain for workers: each message stands or falls alone; those that fail come again, and in the end to the dead-letter queue. */
const workerOf = <Message>(said: z.ZodType<Message>, work: Work<Message>) => {
  const each = told(
    ({ messageId }: SQSRecord) => ({ messageId }),
    (record) => {
      const isLast = Number(record.attributes?.ApproximateReceiveCount ?? 1) >= MOST_RECEIVED;
      return work(said.parse(JSON.parse(record.body)), composition(), isLast);
    },
  );
  return observed<SQSEvent, SQSBatchResponse>((event) =>
    processPartialResponse(event, each, new BatchProcessor(EventType.SQS), { throwOnFullBatchFailure: false }),
  );
};

/** What fails at a location is told in an alert, and the alert is resolved once the same work succeeds there. What may pass by itself is told at its last try. */
const alerting =
  <Message extends PlaceMessage>(work: (message: Message, tools: Composition) => Promise<void>): Work<Message> =>
  async (message, tools, isLast) => {
    const { failedWork, count } = tools;
    const about = { location: message.location, work: message.job, day: message.day };
    try {
      await work(message, tools);
    } catch (error) {
      if (error instanceof Busy && !isLast) throw error;
      count('WorkFailed', 1);
      // The work's own error is what the message fails with.
      await failedWork
        .failed(about, error)
        .then((all) => all.forEach((did) => void count(ALERT_COUNTS[did], 1)))
        .catch((failure: unknown) => logger.error('no alert of what failed', { error: failure }));
      throw error;
    }
    for (const did of await failedWork.succeeded(about)) count(ALERT_COUNTS[did], 1);
  };

/** Of jobs that are planned for shelves, for all day books, and for areas. */
export const worker = (work: (message: LocationMessage, tools: Composition) => Promise<void>) =>
  workerOf(LocationMessage, alerting(work));
export const placeWorker = (work: (message: PlaceMessage, tools: Composition) => Promise<void>) =>
  workerOf(PlaceMessage, alerting(work));
export const areaWorker = (work: (message: AreaMessage, tools: Composition) => Promise<void>) =>
  workerOf(AreaMessage, (message, tools) => work(message, tools));

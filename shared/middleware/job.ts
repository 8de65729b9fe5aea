import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { AreaMessage, Job, LocationMessage, PlaceMessage } from '../contract/jobs.ts';
import { type Composition, composition } from '../runtime/composition.ts';
import { observed } from './observed.ts';
import { told } from './told.ts';

/** What EventBridge Scheduler sends to the planner. */
const Due = z.object({ job: Job });

/** The one chain for planners: a job is due. A throw is a retry of the schedule. */
export const planner = (plan: (job: Job, tools: Composition) => Promise<void>) =>
  observed<unknown, void>(async (event) => plan(Due.parse(event).job, composition()));

/** The one chain for workers: each message stands or falls alone; those that fail come again, and in the end to the dead-letter queue. */
const workerOf = <Message>(said: z.ZodType<Message>, work: (message: Message, tools: Composition) => Promise<void>) => {
  const each = told(
    ({ messageId }: SQSRecord) => ({ messageId }),
    (record) => work(said.parse(JSON.parse(record.body)), composition()),
  );
  return observed<SQSEvent, SQSBatchResponse>((event) =>
    processPartialResponse(event, each, new BatchProcessor(EventType.SQS), { throwOnFullBatchFailure: false }),
  );
};

/** Of jobs that are planned for shelves, for all day books, and for areas. */
export const worker = (work: (message: LocationMessage, tools: Composition) => Promise<void>) =>
  workerOf(LocationMessage, work);
export const placeWorker = (work: (message: PlaceMessage, tools: Composition) => Promise<void>) =>
  workerOf(PlaceMessage, work);
export const areaWorker = (work: (message: AreaMessage, tools: Composition) => Promise<void>) =>
  workerOf(AreaMessage, work);

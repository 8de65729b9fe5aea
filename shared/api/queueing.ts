import { SQSClient } from '@aws-sdk/client-sqs';
import { jobQueue } from '../platform/job-queue.ts';
import { reachThrough } from './composition.ts';

/** Imported by the planner, which puts work in the queues of jobs. */
reachThrough({ queue: (queues) => jobQueue(new SQSClient(), queues) });

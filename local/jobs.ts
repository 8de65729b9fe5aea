import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handler as allocateMaterials } from '../functions/allocate-materials/index.ts';
import { handler as buildShowcase } from '../functions/build-showcase/index.ts';
import { handler as closeDay } from '../functions/close-day/index.ts';
import { handler as expireReservations } from '../functions/expire-reservations/index.ts';
import { handler as exportVouchers } from '../functions/export-vouchers/index.ts';
import { handler as plan } from '../functions/plan-job/index.ts';
import { handler as planReplenishment } from '../functions/plan-replenishment/index.ts';
import { handler as reconcileLedger } from '../functions/reconcile-ledger/index.ts';
import { handler as sendDigest } from '../functions/send-digest/index.ts';
import { handler as sumDays } from '../functions/sum-days/index.ts';
import { handler as sweepAlerts } from '../functions/sweep-alerts/index.ts';
import { handler as updateDemandModel } from '../functions/update-demand-model/index.ts';
import type { JobQueue } from '../shared/platform/job-handler.ts';
import type { Job, JobMessage } from '../shared/platform/jobs.ts';
import type { MetricName } from '../shared/platform/metric-names.ts';
import type { CountMetric, LambdaHandler } from '../shared/platform/telemetry.ts';
import { lambdaContext } from './gateway-event.ts';

type Worker = LambdaHandler<SQSEvent, SQSBatchResponse>;
export const WORKERS = {
  'sweep-alerts': sweepAlerts,
  'expire-reservations': expireReservations,
  'allocate-materials': allocateMaterials,
  'close-day': closeDay,
  'reconcile-ledger': reconcileLedger,
  'sum-days': sumDays,
  'send-digest': sendDigest,
  'update-demand-model': updateDemandModel,
  'build-showcase': buildShowcase,
  'plan-replenishment': planReplenishment,
  'export-vouchers': exportVouchers,
} satisfies Record<Job, Worker>;

const BATCH_SIZE = 10;
/** As in the cloud's queue. */
const MAX_ATTEMPTS = 3;
/** Milliseconds, as the slowest worker in the cloud. */
const WORKER_TIMEOUT = 10 * 60_000;

/** Keeps concurrent runs separate. */
const plannedMessages = new AsyncLocalStorage<JobMessage[]>();

/** Sent by operations and workers, and not yet worked off. They end with the process. */
const queued: { readonly job: Job; readonly message: JobMessage }[] = [];

export const localQueue: JobQueue = {
  send: async (job, messages) => {
    const planned = plannedMessages.getStore();
    if (planned) planned.push(...messages);
    else queued.push(...messages.map((message) => ({ job, message })));
  },
};

/** Works off what is queued, and what that queues. */
export const drainQueue = async (): Promise<void> => {
  for (let next = queued.shift(); next; next = queued.shift()) await processMessages(next.job, [next.message]);
};

export const planJobMessages = async (job: Job): Promise<JobMessage[]> => {
  const planned: JobMessage[] = [];
  await plannedMessages.run(planned, () => plan({ job }, lambdaContext('plan-job')));
  return planned;
};

export const runJob = async (job: Job) => {
  let failed = 0;
  const counts = await withCounts(async () => {
    failed = await processMessages(job, await planJobMessages(job));
  });
  return { job, counts, failed };
};

/** Returns how many failed for good. */
export const processMessages = async (job: Job, planned: readonly JobMessage[]): Promise<number> => {
  let failed = 0;
  for (let at = 0; at < planned.length; at += BATCH_SIZE)
    failed += await processBatch(WORKERS[job], planned.slice(at, at + BATCH_SIZE));
  return failed;
};

const processBatch = async (work: Worker, messages: readonly JobMessage[]): Promise<number> => {
  let left = messages;
  for (let tries = 0; tries < MAX_ATTEMPTS && left.length > 0; tries++) {
    const event = { Records: left.map(sqsRecordOf) };
    const { batchItemFailures } = await work(event, lambdaContext('worker', WORKER_TIMEOUT));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    left = left.filter((_message, at) => failed.has(event.Records[at]?.messageId ?? ''));
  }
  return left.length;
};

const sqsRecordOf = (message: JobMessage): SQSEvent['Records'][number] => ({
  messageId: randomUUID(),
  receiptHandle: '',
  body: JSON.stringify(message),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '', SenderId: '', ApproximateFirstReceiveTimestamp: '' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:local:000000000000:jobs',
  awsRegion: 'local',
});

type Counts = Partial<Record<MetricName, number>>;

const current = new AsyncLocalStorage<Counts>();

export const countLocally: CountMetric = (what, times) => {
  const tally = current.getStore();
  if (tally) tally[what] = (tally[what] ?? 0) + times;
};

export const withCounts = async (run: () => Promise<void>): Promise<Counts> => {
  const tally: Counts = {};
  await current.run(tally, run);
  return tally;
};

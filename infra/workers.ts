import { Duration } from 'aws-cdk-lib';
import type { Job } from '../shared/platform/jobs.ts';

type WorkerSettings = {
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** As long as its work is useful. */
  readonly retention: Duration;
  /** Alarm text: who is affected, and why a redrive is safe. */
  readonly impact: string;
  readonly redrive: string;
};

/** Low concurrency leaves table capacity to the outlets. */
export const WORKERS = {
  // Five workers check 1,200 locations in a few minutes.
  'sweep-alerts': {
    timeout: Duration.minutes(1),
    memorySize: 512,
    batchSize: 10,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact: 'Some locations miss the hourly alert sweep, so an empty shelf may go unnoticed.',
    redrive: 'a repeated message does no harm',
  },
  'expire-reservations': {
    timeout: Duration.minutes(5),
    memorySize: 512,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact: 'At some depots uncollected materials stay reserved, and some reservations exceed the stock.',
    redrive: 'a repeated message does no harm',
  },
  // The day's only message for its depot: it must outlive a long weekend.
  'allocate-materials': {
    timeout: Duration.minutes(10),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(4),
    impact: 'Artisans of some depots do not get their share today, and the stock taken for it stays reserved.',
    redrive: 'a run resumes where it stopped',
  },
  // One late voucher may reopen many days.
  'close-day': {
    timeout: Duration.minutes(5),
    memorySize: 512,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact:
      'The days of some locations are not closed: officers miss their sales, and missing vouchers are not requested.',
    redrive: 'a day is closed once, and an unchanged day stays as it is',
  },
  'reconcile-ledger': {
    timeout: Duration.minutes(10),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(4),
    impact: 'At some locations stock and vouchers are not reconciled.',
    redrive: 'reconciliation changes only its own record',
  },
  'sum-days': {
    timeout: Duration.minutes(5),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact: 'Officers see old sums of some districts or of the state.',
    redrive: 'summing twice gives the same',
  },
  'build-showcase': {
    timeout: Duration.minutes(5),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact:
      'Public pages of some districts are old: they may show stock that is sold, or a name whose consent is withdrawn.',
    redrive: 'a page that has not changed is not written again',
  },
  // Yesterday's digest is of no use.
  'send-digest': {
    timeout: Duration.minutes(5),
    memorySize: 512,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.hours(12),
    impact:
      'The locations and officers of some districts get no digest today; only the list of alerts shows what is new.',
    redrive: 'nobody gets the same digest twice',
  },
  'update-demand-model': {
    timeout: Duration.minutes(15),
    memorySize: 3008,
    batchSize: 1,
    maxConcurrency: 2,
    retention: Duration.days(1),
    impact: 'Reorder points do not follow sales: fast items run out, and slow items are still sent.',
    redrive: 'a day is computed anew from its closes',
  },
  'plan-replenishment': {
    timeout: Duration.minutes(1),
    memorySize: 1024,
    batchSize: 10,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact: 'Some locations keep the reorder points of the night before.',
    redrive: 'planning twice gives the same',
  },
  'export-vouchers': {
    timeout: Duration.minutes(10),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(4),
    impact: 'The exported vouchers of some locations lack a month.',
    redrive: 'a file is written whole, again',
  },
} as const satisfies Record<Job, WorkerSettings>;

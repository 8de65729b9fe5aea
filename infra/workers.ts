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
    impact: 'Some locations go without their hourly look at alerts, so that a shelf may stay empty unseen.',
    redrive: 'a message more or less does no harm',
  },
  'expire-reservations': {
    timeout: Duration.minutes(5),
    memorySize: 512,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact:
      'At some depots goods stay set aside for artisans who do not come for them, and others count on what is not there.',
    redrive: 'a message more or less does no harm',
  },
  // The day's only message for its depot: it must outlive a long weekend.
  'allocate-materials': {
    timeout: Duration.minutes(10),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(4),
    impact: 'Artisans of some depots do not hear what they get today, and what was taken for them stays set aside.',
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
      'The days of some locations are not closed: officers miss their sales, and what never came is not asked for.',
    redrive: 'a day is closed once, and one that nothing changed is left',
  },
  'reconcile-ledger': {
    timeout: Duration.minutes(10),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(4),
    impact: 'At some locations nobody has proved that stock and vouchers agree.',
    redrive: 'an audit changes nothing but its own record',
  },
  'sum-days': {
    timeout: Duration.minutes(5),
    memorySize: 1024,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact: 'The figures of some districts, or of the state, are of the night before: officers decide on old ones.',
    redrive: 'what is summed twice is the same',
  },
  // Yesterday's digest is of no use.
  'send-digest': {
    timeout: Duration.minutes(5),
    memorySize: 512,
    batchSize: 1,
    maxConcurrency: 5,
    retention: Duration.hours(12),
    impact:
      'The places and officers of some districts are not told today what is new; only the list of alerts shows it.',
    redrive: 'nobody is told the same thing twice',
  },
  'update-demand-model': {
    timeout: Duration.minutes(15),
    memorySize: 3008,
    batchSize: 1,
    maxConcurrency: 2,
    retention: Duration.days(1),
    impact: 'Reorder points do not follow what is sold: what sells faster runs out, and what sells less is sent.',
    redrive: 'a day is folded from what is closed, as often as that changed',
  },
  'plan-replenishment': {
    timeout: Duration.minutes(1),
    memorySize: 1024,
    batchSize: 10,
    maxConcurrency: 5,
    retention: Duration.days(1),
    impact: 'Some locations keep the reorder points of the night before.',
    redrive: 'what is planned twice is the same',
  },
} as const satisfies Record<Job, WorkerSettings>;

import * as z from 'zod';
import { AreaId, LocationId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

type JobSchedule = {
  readonly schedule: string;
  /**
   * `everywhere`: all locations. `shelves`: outlets and depots. `areas`: each district and the
   * state.
   */
  readonly at: 'everywhere' | 'everywhere and areas' | 'shelves' | 'depots' | 'areas' | 'state';
  readonly does: string;
};

/**
 * Schedules in Asia/Kolkata. A planner puts one message per location or area on the job's queue.
 */
export const JOBS = {
  'sweep-alerts': {
    schedule: 'rate(1 hour)',
    at: 'everywhere and areas',
    does: 'opens, refreshes and resolves what the stream of stock missed, and escalates what is late',
  },
  'expire-reservations': {
    schedule: 'rate(1 hour)',
    at: 'depots',
    does: 'lets lapse what is reserved and not collected, and settles what is reserved beyond what is there',
  },
  'allocate-materials': {
    schedule: 'cron(0 6 * * ? *)',
    at: 'depots',
    does: 'shares what is short among the open requests, once a day',
  },
  // Twice: goods from a location that closed later take their cost from its close.
  'close-day': {
    schedule: 'cron(30,45 0 * * ? *)',
    at: 'everywhere',
    does: 'closes the day before, and again each day for which something came late',
  },
  'reconcile-ledger': {
    schedule: 'cron(0 3 * * ? *)',
    at: 'everywhere',
    does: 'compares what is kept of stock, returns, transfers, requests and passbooks with what the vouchers come to',
  },
  // Twice: the state's message may run before its districts'.
  'sum-days': {
    schedule: 'cron(0 1,2 * * ? *)',
    at: 'areas',
    does: 'adds up the closes of each district and of the state, for the days of which any changed',
  },
  'send-digest': {
    schedule: 'cron(0 7 * * ? *)',
    at: 'areas',
    does: 'tells each person, and the topic of each place, district and the state, what is new for them to look at, in one message',
  },
  'update-demand-model': {
    schedule: 'cron(30 1 * * ? *)',
    at: 'state',
    does: 'folds the closes of all outlets into the pace of each product and outlet, again from the earliest day that something late changed',
  },
  'build-showcase': {
    schedule: 'rate(1 hour)',
    at: 'areas',
    does: 'writes the public pages and feeds whose goods, stock or consents changed',
  },
  'plan-replenishment': {
    schedule: 'cron(0 2 * * ? *)',
    at: 'shelves',
    does: 'sets the reorder point and the target of each item, where they changed',
  },
  // By then most late vouchers of the month are in; the month before is written once more.
  'export-vouchers': {
    schedule: 'cron(0 4 3 * ? *)',
    at: 'everywhere',
    does: 'writes the vouchers of the two months before into files, as CSV and Parquet',
  },
} as const satisfies Record<string, JobSchedule>;

export const Job = z.enum(Object.keys(JOBS) as (keyof typeof JOBS)[]);
export type Job = z.infer<typeof Job>;

export const audienceOfJob = (job: Job): JobSchedule['at'] => JOBS[job].at;
/** Has messages for areas only. */
export const isAreaJob = (job: Job): boolean => ['areas', 'state'].includes(audienceOfJob(job));

/** `day`: the planned day, also for a retry after midnight. */
export const LocationMessage = z.strictObject({ job: Job, location: LocationId, day: Day });
export type LocationMessage = z.infer<typeof LocationMessage>;

export const StockLocationMessage = LocationMessage.extend({ location: StockLocationId });
export type StockLocationMessage = z.infer<typeof StockLocationMessage>;

export const AreaMessage = z.strictObject({ job: Job, area: AreaId, day: Day });
export type AreaMessage = z.infer<typeof AreaMessage>;

export const JobMessage = z.union([LocationMessage, AreaMessage]);
export type JobMessage = z.infer<typeof JobMessage>;

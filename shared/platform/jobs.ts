import * as z from 'zod';
import { AreaId, LocationId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';

type JobSchedule = {
  readonly schedule: string;
  /** What it is planned for: wherever there is a day book; or shelves, of outlets and depots, or depots alone; or areas, each district and the state, or the state alone. */
  readonly at: 'everywhere' | 'shelves' | 'depots' | 'areas' | 'state';
  readonly does: string;
};

/** What runs by the clock, in Asia/Kolkata: a planner puts one message per location on the job's queue, its worker takes them. */
export const JOBS = {
  'sweep-alerts': {
    schedule: 'rate(1 hour)',
    at: 'everywhere',
    does: 'opens, refreshes and resolves what the stream of stock missed',
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
  // Twice: goods that came from a location which was closed later cost what its close says.
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
  // Twice: the second time for the state, whose message may have been worked off before its districts'.
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
  'plan-replenishment': {
    schedule: 'cron(0 2 * * ? *)',
    at: 'shelves',
    does: 'sets the reorder point and the target of each item, where they changed',
  },
} as const satisfies Record<string, JobSchedule>;

export const Job = z.enum(Object.keys(JOBS) as (keyof typeof JOBS)[]);
export type Job = z.infer<typeof Job>;

export const audienceOfJob = (job: Job): JobSchedule['at'] => JOBS[job].at;
export const isAreaJob = (job: Job): boolean => ['areas', 'state'].includes(audienceOfJob(job));

/** The share of a job that a place with a day book has, be it a workshop. The day is the one it was planned on: tried again after midnight, it is still that day's work. */
export const LocationMessage = z.strictObject({ job: Job, location: LocationId, day: Day });
export type LocationMessage = z.infer<typeof LocationMessage>;

/** The same where it is of shelves. */
export const StockLocationMessage = LocationMessage.extend({ location: StockLocationId });
export type StockLocationMessage = z.infer<typeof StockLocationMessage>;

/** One area's share. */
export const AreaMessage = z.strictObject({ job: Job, area: AreaId, day: Day });
export type AreaMessage = z.infer<typeof AreaMessage>;

export const JobMessage = z.union([LocationMessage, AreaMessage]);
export type JobMessage = z.infer<typeof JobMessage>;

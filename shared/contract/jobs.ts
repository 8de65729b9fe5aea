import * as z from 'zod';
import { LocationId } from '../domain/ids.ts';

/** What runs by the clock, in Asia/Kolkata: a planner puts one message per location on a queue, a worker takes them. */
export const JOBS = {
  'raise-alerts': { schedule: 'rate(1 hour)', does: 'opens, refreshes and resolves what the stream of stock missed' },
} as const;
export const Job = z.enum(Object.keys(JOBS) as (keyof typeof JOBS)[]);
export type Job = z.infer<typeof Job>;

/** One location's share of a job. */
export const JobMessage = z.strictObject({ job: Job, location: LocationId });
export type JobMessage = z.infer<typeof JobMessage>;

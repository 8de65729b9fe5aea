import * as z from 'zod';
import { Place } from '../ids.ts';
import { Day, Instant } from '../time.ts';
import { Drift } from './drift.ts';

/**
 * What the last audit of a place found, and what the next one need not look for again: `first`, the first day that it may have a book of;
 * `closedTo`: the last day that was closed then. `vouchers`: so many were read.
 */
export const Checkpoint = z.strictObject({
  location: Place,
  auditedAt: Instant,
  first: Day,
  closedTo: Day.optional(),
  vouchers: z.int().min(0),
  drifts: z.array(Drift),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

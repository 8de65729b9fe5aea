import * as z from 'zod';
import { Place } from '../kernel/ids.ts';
import { Day, Instant } from '../kernel/time.ts';
import { Drift } from './drift.ts';

/**
 * What the last audit of a place found, and what the next one need not look for again: `first`, the first day that it may have a book of;
 * `closedTo`: the last day that was closed then. `vouchers`: so many were read. `many` drifts were found, of which the first are kept.
 */
export const Checkpoint = z.strictObject({
  location: Place,
  auditedAt: Instant,
  first: Day,
  closedTo: Day.optional(),
  vouchers: z.int().min(0),
  many: z.int().min(0).optional(),
  drifts: z.array(Drift),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** An item of DynamoDB holds 400 KB, and a drift that names many vouchers takes nearly one: after a bad restore a whole shelf has drifted, and that above all is to be told. */
const MOST_KEPT = 300;

/** What is kept of what was found. */
export const keptOf = (drifts: readonly Drift[]): Pick<Checkpoint, 'drifts' | 'many'> => ({
  drifts: drifts.slice(0, MOST_KEPT),
  ...(drifts.length > MOST_KEPT && { many: drifts.length }),
});

import * as z from 'zod';
import { LocationId } from '../kernel/ids.ts';
import { Day, Instant } from '../kernel/time.ts';
import { Drift } from './drift.ts';

/**
 * What the last audit of a place found, and what the next one need not look for again: `first`, the first day that it may have a book of;
 * `closedTo`: the last day that was closed then. `vouchers`: so many were read. `many` drifts were found, of which the first are kept.
 */
export const ReconciliationCheckpoint = z.strictObject({
  location: LocationId,
  auditedAt: Instant,
  first: Day,
  closedTo: Day.optional(),
  vouchers: z.int().min(0),
  many: z.int().min(0).optional(),
  drifts: z.array(Drift),
});
export type ReconciliationCheckpoint = z.infer<typeof ReconciliationCheckpoint>;

/** An item of DynamoDB holds 400 KB, and a drift that names many vouchers takes nearly one: after a bad restore a whole shelf has drifted, and that above all is to be told. */
const MAX_STORED_DRIFTS = 300;

/** What is kept of what was found. */
export const storedDriftsOf = (drifts: readonly Drift[]): Pick<ReconciliationCheckpoint, 'drifts' | 'many'> => ({
  drifts: drifts.slice(0, MAX_STORED_DRIFTS),
  ...(drifts.length > MAX_STORED_DRIFTS && { many: drifts.length }),
});

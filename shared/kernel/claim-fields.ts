import * as z from 'zod';
import { ItemId, StaffId } from './ids.ts';
import { Instant } from './time.ts';
import { Measure } from './units.ts';
import { VoucherNumber } from './voucher-number.ts';

/** What every voucher says: when by the phone's clock, who stood there, and the terminal's voucher before this one (`null` for its first). */
export const claimHeaderFields = { occurredAt: Instant, by: StaffId, previous: VoucherNumber.nullable() };

/** Free words of people: a reference, a reason, a supplier. */
export const FreeText = z.string().trim().min(1, 'words are needed').max(80, 'at most 80 characters');

/** 40 lines: a transaction has 100 actions, and a sheet of paper about as many. */
export const linesSchema = <Line extends z.ZodType>(line: Line) =>
  z.array(line).min(1, 'at least one line is needed').max(40, 'at most 40 lines: split it into two vouchers');

/** A quantity as people type it: in kg, bundles or metres. */
export const itemAndMeasure = { item: ItemId, quantity: Measure };

/** A number that was spoiled: used up, with no effect. `cancelled` is the reason. */
export const cancelledClaimFields = { ...claimHeaderFields, cancelled: FreeText };

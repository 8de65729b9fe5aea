import * as z from 'zod';
import { ItemId, StaffId } from './ids.ts';
import { Instant } from './time.ts';
import { Measure } from './units.ts';
import { VoucherNumber } from './voucher-number.ts';

/**
 * `occurredAt`: the phone's clock. `previous`: the terminal's voucher before this one, `null` for
 * its first.
 */
export const claimHeaderFields = { occurredAt: Instant, by: StaffId, previous: VoucherNumber.nullable() };

const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text without direction marks, which could show an amount or a name in reverse on a bill. Contacts
 * and messages carry them unseen, so they are removed, not refused. Hindi needs none of them.
 */
export const plainText = () => z.string().overwrite((text) => text.replace(DIRECTION_MARKS, '').trim());

export const FreeText = plainText().min(1, 'words are needed').max(80, 'at most 80 characters');

/** A DynamoDB transaction has at most 100 actions, so a voucher has at most 40 lines. */
export const linesSchema = <Line extends z.ZodType>(line: Line) =>
  z.array(line).min(1, 'at least one line is needed').max(40, 'at most 40 lines: split it into two vouchers');

export const itemAndMeasure = { item: ItemId, quantity: Measure };

/** A spoiled number has no effect. `cancelled` is the reason. */
export const cancelledClaimFields = { ...claimHeaderFields, cancelled: FreeText };

import * as z from 'zod';
import { ItemId, StaffId } from './ids.ts';
import { withoutDirectionMarks } from './texts.ts';
import { Instant } from './time.ts';
import { Measure } from './units.ts';
import { VoucherNumber } from './voucher-number.ts';

/**
 * `occurredAt`: the phone's clock. `previous`: the terminal's voucher before this one, `null` for
 * its first.
 */
export const claimHeaderFields = { occurredAt: Instant, by: StaffId, previous: VoucherNumber.nullable() };

/**
 * Text without direction marks. Contacts and messages carry them unseen, so they are removed, not
 * refused: whoever pastes a name could not find them.
 */
export const plainText = () => z.string().overwrite((text) => withoutDirectionMarks(text).trim());

export const FreeText = plainText().min(1, 'words are needed').max(80, 'at most 80 characters');

/** A DynamoDB transaction has at most 100 actions, so a voucher has at most 40 lines. */
export const linesSchema = <Line extends z.ZodType>(line: Line) =>
  z.array(line).min(1, 'at least one line is needed').max(40, 'at most 40 lines: split it into two vouchers');

export const itemAndMeasure = { item: ItemId, quantity: Measure };

/** A spoiled number has no effect. `cancelled` is the reason. */
export const cancelledClaimFields = { ...claimHeaderFields, cancelled: FreeText };

import * as z from 'zod';
import { type ItemId, isProducer, LocationId } from '../ids.ts';
import { inBaseUnits, type Measure } from '../materials/units.ts';
import type { Quantity } from '../quantity.ts';
import { type FieldProblem, isRefusal, type Refusal, refuse } from '../refusal.ts';
import { received } from '../transfers/moves.ts';
import { Difference, differencesIn, isElsewhere, type Transfer } from '../transfers/transfer.ts';
import { type Known, problemsIn } from './decision.ts';
import type { VoucherNumber } from './number.ts';
import { numberIn, type Order, timeIn } from './order.ts';

/**
 * What comes of a receipt of a dispatch: line by line what was `rejected`, where it was said in another unit; how it `differs` from what was
 * sent; `elsewhere`: where it was sent, if not here; and whether it `waits` for the dispatch to come in.
 */
export const ClosedOutcome = z.strictObject({
  rejected: z.array(z.int().min(0)).optional(),
  differs: z.array(Difference).optional(),
  elsewhere: LocationId.optional(),
  waits: z.literal(true).optional(),
});
type ClosedOutcome = z.infer<typeof ClosedOutcome>;

/** A line as it was said. */
type Said = {
  readonly item: ItemId;
  readonly quantity: Measure | 0;
  readonly rejected?: Measure | undefined;
  readonly why?: string | undefined;
};

/** Nothing comes only of a dispatch, and only of one is anything rejected, for a reason. */
export const refuseNothing = (lines: readonly Said[], ofDispatch: boolean): Refusal | undefined => {
  const fields: FieldProblem[] = [
    ...problemsIn(lines, 'quantity', ({ quantity }) =>
      quantity === 0 && !ofDispatch ? 'a quantity is at least 1: only of a dispatch may nothing come' : undefined,
    ),
    ...problemsIn(lines, 'rejected', ({ rejected }) =>
      rejected !== undefined && !ofDispatch ? 'only of a dispatch is it said what was rejected' : undefined,
    ),
    ...problemsIn(lines, 'why', ({ rejected, why }) =>
      (rejected === undefined) === (why === undefined) ? undefined : 'what is rejected is for a reason, and has one',
    ),
  ];
  return fields.length > 0 ? refuse('INVALID_REQUEST', 'The lines are not right.', { fields }) : undefined;
};

type Came = { readonly item: ItemId; readonly quantity: Quantity | 0 };

/** A receipt of a dispatch: what was rejected, how it differs, and the transfer as it becomes. Nothing that differs is refused. */
export const closeTransfer = (
  dispatch: VoucherNumber,
  lines: readonly Said[],
  came: readonly Came[],
  { location, seller, items, transfer: before }: Known,
  order: Order,
): { readonly outcome: ClosedOutcome; readonly transfer: Transfer } | Refusal => {
  if (isProducer(location)) return refuse('FORBIDDEN', `${location} is a workshop, which keeps no stock.`);
  const rejected = rejectedOf(lines, items);
  if (isRefusal(rejected)) return rejected;
  const after = received(before, {
    dispatch,
    seller,
    received: { receipt: numberIn(order), by: location, at: timeIn(order) },
    lines: came.map(({ item, quantity }, at) => ({ item, quantity, rejected: rejected[at] ?? 0 })),
  });
  if (isRefusal(after)) return after;
  const differs = differencesIn(after);
  const inOtherUnits = lines.some((line) => typeof line.rejected === 'string');
  return {
    outcome: {
      ...(inOtherUnits && { rejected }),
      ...(differs.length > 0 && { differs }),
      ...(isElsewhere(after) && { elsewhere: after.sent?.to }),
      ...(!after.sent && { waits: true as const }),
    },
    transfer: after,
  };
};

/** Line by line, in base units. */
const rejectedOf = (lines: readonly Said[], items: Known['items']): number[] | Refusal => {
  const fields: FieldProblem[] = [];
  const rejected = lines.map((line, at) => {
    const item = items.get(line.item);
    if (line.rejected === undefined || !item) return 0;
    const inBase = inBaseUnits(line.rejected, { unit: item.unit, units: item.units ?? [] });
    if ('quantity' in inBase) return inBase.quantity;
    fields.push({ path: `lines.${at}.rejected`, problem: inBase.problem });
    return 0;
  });
  return fields.length > 0 ? refuse('QUANTITY_NOT_WHOLE', 'Inside are whole base units.', { fields }) : rejected;
};

import { inBaseUnits } from '../materials/units.ts';
import type { Quantity } from '../quantity.ts';
import { type FieldProblem, isRefusal, type Refusal, refuse } from '../refusal.ts';
import { received } from '../transfers/moves.ts';
import { differencesIn, isElsewhere, type Transfer } from '../transfers/transfer.ts';
import { type Known, problemsIn } from './decision.ts';
import { numberIn, type Order, timeIn } from './order.ts';
import type { Receipt, ReceiptOutcome } from './receipt.ts';

/** Nothing comes only of a dispatch, and only of one is anything rejected, for a reason. */
export const refuseNothing = ({ from, lines }: Pick<Receipt, 'from' | 'lines'>): Refusal | undefined => {
  const ofDispatch = 'dispatch' in from;
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

type Came = { readonly item: Receipt['lines'][number]['item']; readonly quantity: Quantity | 0 };

/** A receipt of a dispatch: what was rejected, how it differs, and the transfer as it becomes. Nothing that differs is refused. */
export const closeTransfer = (
  { from, lines }: Receipt,
  came: readonly Came[],
  { location, seller, items, transfer: before }: Known,
  order: Order,
): { readonly outcome: ReceiptOutcome; readonly transfer: Transfer } | Refusal => {
  if (!('dispatch' in from)) throw new Error('a receipt of a dispatch was asked for');
  const rejected = rejectedOf(lines, items);
  if (isRefusal(rejected)) return rejected;
  const after = received(before, {
    dispatch: from.dispatch,
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
const rejectedOf = (lines: Receipt['lines'], items: Known['items']): number[] | Refusal => {
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

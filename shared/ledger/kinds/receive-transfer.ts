import * as z from 'zod';
import { ItemId, isProducer, StockLocationId } from '../../kernel/ids.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import type { Quantity } from '../../kernel/quantity.ts';
import { isRefusal, lineProblems, type Refusal, refuse } from '../../kernel/refusal.ts';
import { type Measure, toBaseUnits } from '../../kernel/units.ts';
import {
  numberOfSequence,
  timeOfSequence,
  type VoucherNumber,
  type VoucherSequence,
} from '../../kernel/voucher-number.ts';
import { inTransitOf, type Transfer, TransferDifference, transferDifferences } from '../../transfers/transfer.ts';
import { applyReceipt, refuseFurtherReceipt, refuseReceipt } from '../../transfers/transfer-transitions.ts';
import { type Admission, isApproved } from '../admission.ts';
import type { DecisionContext } from '../decision.ts';

/**
 * `rejected`: base units per line. `toCome`: in transit. `differs`: from the dispatch. `elsewhere`:
 * the true destination, if different. `waits`: the dispatch has not come in.
 */
export const TransferReceiptOutcome = z.strictObject({
  rejected: z.array(z.int().min(0)).optional(),
  toCome: z.array(z.strictObject({ item: ItemId, quantity: z.int().min(1) })).optional(),
  differs: z.array(TransferDifference).optional(),
  elsewhere: StockLocationId.optional(),
  waits: z.literal(true).optional(),
});

type TransferReceiptOutcome = z.infer<typeof TransferReceiptOutcome>;

type StatedLine = {
  readonly item: ItemId;
  readonly quantity: Measure | 0;
  readonly rejected?: Measure | undefined;
  readonly why?: string | undefined;
};

export const refuseDispatchOnlyFields = (lines: readonly StatedLine[], ofDispatch: boolean): Refusal | undefined => {
  const fields: FieldProblem[] = [
    ...lineProblems(lines, 'quantity', ({ quantity }) =>
      quantity === 0 && !ofDispatch ? 'a quantity is at least 1: only of a dispatch may nothing come' : undefined,
    ),
    ...lineProblems(lines, 'rejected', ({ rejected }) =>
      rejected !== undefined && !ofDispatch
        ? 'only goods of a dispatch are rejected: receive what you keep'
        : undefined,
    ),
    ...lineProblems(lines, 'why', ({ rejected, why }) =>
      (rejected === undefined) === (why === undefined) ? undefined : 'what is rejected is for a reason, and has one',
    ),
  ];
  return fields.length > 0
    ? refuse('INVALID_REQUEST', 'Quantity 0 and rejections need a dispatch; a rejection needs its reason.', { fields })
    : undefined;
};

type AcceptedLine = { readonly item: ItemId; readonly quantity: Quantity | 0 };

type Delivery = {
  readonly dispatch: VoucherNumber;
  readonly isFinal: boolean;
  readonly lines: readonly StatedLine[];
  readonly accepted: readonly AcceptedLine[];
};

/** A first delivery may differ. An approved receipt skips these checks. */
export const receiveTransfer = (
  { dispatch, isFinal, lines, accepted }: Delivery,
  { location, seller, items, transfer: before }: Pick<DecisionContext, 'items' | 'location' | 'seller' | 'transfer'>,
  admission: Admission,
  order: VoucherSequence,
): { readonly outcome: TransferReceiptOutcome; readonly transfer: Transfer } | Refusal => {
  if (isProducer(location)) return refuse('FORBIDDEN', `${location} is a workshop, which keeps no stock.`);
  const rejected = rejectedQuantitiesOf(lines, items);
  if (isRefusal(rejected)) return rejected;
  const delivered = accepted.map(({ item, quantity }, at) => ({ item, quantity, rejected: rejected[at] ?? 0 }));
  const refused = isApproved(admission) ? undefined : refuseReceipt(before, { by: location, lines: delivered });
  const wrong = refused ?? refuseFurtherReceipt(before);
  if (wrong) return wrong;
  const final = isFinal && { final: true as const };
  const after = applyReceipt(before, {
    dispatch,
    seller,
    lines: delivered,
    received: { receipt: numberOfSequence(order), by: location, at: timeOfSequence(order), ...final },
  });
  const differs = transferDifferences(after);
  const toCome = outstandingOf(after);
  const inOtherUnits = lines.some((line) => typeof line.rejected === 'string');
  return {
    outcome: {
      ...(inOtherUnits && { rejected }),
      ...(toCome.length > 0 && { toCome }),
      ...(differs.length > 0 && { differs }),
      ...(after.sent && after.sent.to !== location && { elsewhere: after.sent.to }),
      ...(!after.sent && { waits: true as const }),
    },
    transfer: after,
  };
};

const outstandingOf = (transfer: Transfer) =>
  [...inTransitOf(transfer)].flatMap(([item, quantity]) => (quantity > 0 ? [{ item, quantity }] : []));

const rejectedQuantitiesOf = (lines: readonly StatedLine[], items: DecisionContext['items']): number[] | Refusal => {
  const fields: FieldProblem[] = [];
  const rejected = lines.map((line, at) => {
    const item = items.get(line.item);
    if (line.rejected === undefined || !item) return 0;
    const inBase = toBaseUnits(line.rejected, { unit: item.unit, units: item.units ?? [] });
    if ('quantity' in inBase) return inBase.quantity;
    fields.push({ path: `lines.${at}.rejected`, problem: inBase.problem });
    return 0;
  });
  return fields.length > 0
    ? refuse('QUANTITY_NOT_WHOLE', 'A quantity must come to whole base units.', { fields })
    : rejected;
};

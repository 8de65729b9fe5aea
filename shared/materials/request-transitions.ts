import type { ItemId } from '../kernel/ids.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { type FieldProblem, isRefusal, lineProblems, type Refusal, refuse } from '../kernel/refusal.ts';
import { type StockChange, sumPerItem } from '../stock/stock-change.ts';
import type { NewConfirmationCode } from './confirmation.ts';
import type { AccountChange } from './entitlement-account.ts';
import {
  applyTransition,
  type MaterialRequest,
  type RequestTransition,
  reservedQuantitiesOf,
  type TransitionDetails,
} from './material-request.ts';
import type { ConfirmationCountChange } from './separation-of-duties.ts';

export type RequestEffects = {
  readonly request: MaterialRequest;
  readonly stock: readonly StockChange[];
  readonly accounts?: readonly AccountChange[] | undefined;
  readonly code?: NewConfirmationCode | undefined;
  readonly confirmation?: ConfirmationCountChange | undefined;
};

type ApprovedLines = readonly { readonly item: ItemId; readonly quantity: Quantity }[];

/** The granted lines, or all that was asked. */
export const approve = (
  request: MaterialRequest,
  details: TransitionDetails,
  approvedLines?: ApprovedLines,
): RequestEffects | Refusal => {
  const sums = new Map(sumPerItem(approvedLines ?? []).map(({ item, quantity }) => [item, quantity]));
  const fields: FieldProblem[] = lineProblems(approvedLines ?? [], 'quantity', ({ item }) => {
    const asked = request.lines.find((line) => line.item === item)?.asked ?? 0;
    return (sums.get(item) ?? 0) <= asked ? undefined : `at most ${asked} of ${item} can be approved`;
  });
  const requested = new Map(request.lines.map(({ item, asked }) => [item, asked]));
  const effects = reservationEffects(request, 'approve', details, approvedLines ? sums : requested);
  if (isRefusal(effects) || fields.length === 0) return effects;
  return refuse('INVALID_REQUEST', 'A request cannot be approved for more than it asks.', { fields });
};

export const reject = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  reservationEffects(request, 'reject', details, new Map());

export const cancel = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  reservationEffects(request, 'cancel', details, releasedQuantities(request));

/** Of a partial issue, the rest. */
export const expire = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  reservationEffects(request, 'lapse', details, releasedQuantities(request));

export const confirm = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  reservationEffects(request, 'confirm', details, new Map());

const releasedQuantities = (request: MaterialRequest): ReadonlyMap<ItemId, number> =>
  new Map([...reservedQuantitiesOf(request)].map(([item, quantity]) => [item, -quantity]));

/** `by`: quantities reserved, negative if released. */
const reservationEffects = (
  request: MaterialRequest,
  did: RequestTransition,
  details: TransitionDetails,
  reserved: ReadonlyMap<ItemId, number>,
): RequestEffects | Refusal => {
  const next = applyTransition(request, did, details, reserved);
  if (isRefusal(next)) return next;
  return {
    request: next,
    stock: [...reserved].map(([item, quantity]) => ({
      item,
      onHand: 0,
      free: -quantity,
      requires: quantity > 0 ? { free: quantity } : ('nothing' as const),
    })),
    accounts: accountChangesOf(reserved),
  };
};

export const accountChangesOf = (reserved: ReadonlyMap<ItemId, number>) =>
  [...reserved].map(([item, reserved]) => ({ item, reserved, drawn: 0 }));

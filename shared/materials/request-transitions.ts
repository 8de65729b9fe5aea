import type { ItemId } from '../kernel/ids.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { type FieldProblem, isRefusal, problemsIn, type Refusal, refuse } from '../kernel/refusal.ts';
import { perItem, type StockChange } from '../stock/stock-change.ts';
import type { NewCode } from './confirmation.ts';
import type { AccountChange } from './entitlement-account.ts';
import { type Doing, type MaterialRequest, moved, type RequestMove, reservedBy } from './material-request.ts';
import type { CountedConfirmation } from './separation-of-duties.ts';

/** What a transition of a request changes, all in one transaction. */
export type RequestEffects = {
  readonly request: MaterialRequest;
  readonly stock: readonly StockChange[];
  readonly accounts?: readonly AccountChange[] | undefined;
  /** A new one-time code for the producer to confirm with. */
  readonly code?: NewCode | undefined;
  readonly confirmation?: CountedConfirmation | undefined;
};

type Granted = readonly { readonly item: ItemId; readonly quantity: Quantity }[];

/** Reserves what the lines say, or all that was asked: off what is free and off what is left in the passbook, at once. */
export const approve = (request: MaterialRequest, doing: Doing, granted?: Granted): RequestEffects | Refusal => {
  const sums = new Map(perItem(granted ?? []).map(({ item, quantity }) => [item, quantity]));
  const fields: FieldProblem[] = problemsIn(granted ?? [], 'quantity', ({ item }) => {
    const asked = request.lines.find((line) => line.item === item)?.asked ?? 0;
    return (sums.get(item) ?? 0) <= asked ? undefined : `${asked} of ${item} were asked for`;
  });
  const all = new Map(request.lines.map(({ item, asked }) => [item, asked]));
  const approved = reserving(request, 'approve', doing, granted ? sums : all);
  if (isRefusal(approved) || fields.length === 0) return approved;
  return refuse('INVALID_REQUEST', 'No more is approved than was asked.', { fields });
};

export const reject = (request: MaterialRequest, doing: Doing): RequestEffects | Refusal =>
  reserving(request, 'reject', doing, new Map());

/** Takes it back; what was reserved is free, and left to draw, again. */
export const cancel = (request: MaterialRequest, doing: Doing): RequestEffects | Refusal =>
  reserving(request, 'cancel', doing, givenBack(request));

/** What nobody came for is free, and left to draw, again; of what was issued in part, the rest. */
export const lapse = (request: MaterialRequest, doing: Doing): RequestEffects | Refusal =>
  reserving(request, 'lapse', doing, givenBack(request));

/** What was issued so far has come to whom it was issued to. */
export const confirm = (request: MaterialRequest, doing: Doing): RequestEffects | Refusal =>
  reserving(request, 'confirm', doing, new Map());

const givenBack = (request: MaterialRequest): ReadonlyMap<ItemId, number> =>
  new Map([...reservedBy(request)].map(([item, quantity]) => [item, -quantity]));

/** A move, and stock and accounts by what it reserves more of each item, or gives back. */
const reserving = (
  request: MaterialRequest,
  did: RequestMove,
  doing: Doing,
  by: ReadonlyMap<ItemId, number>,
): RequestEffects | Refusal => {
  const next = moved(request, did, doing, by);
  if (isRefusal(next)) return next;
  return {
    request: next,
    stock: [...by].map(([item, quantity]) => ({
      item,
      onHand: 0,
      free: -quantity,
      requires: quantity > 0 ? { free: quantity } : ('nothing' as const),
    })),
    accounts: accountsBy(by),
  };
};

/** What a reservation, or what is given back of one, does to its producer's accounts. */
export const accountsBy = (by: ReadonlyMap<ItemId, number>) =>
  [...by].map(([item, reserved]) => ({ item, reserved, drawn: 0 }));

import type { ItemId } from '../ids.ts';
import type { Quantity } from '../quantity.ts';
import { type FieldProblem, isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Effects, perItem, problemsIn } from '../vouchers/decision.ts';
import { type Doing, type MaterialRequest, moved, type RequestLine, reservedIn } from './request.ts';

export type Moved = Effects & { readonly request: MaterialRequest };

type Granted = readonly { readonly item: ItemId; readonly quantity: Quantity }[];

/** Reserves what the lines say, or all that was asked: off what is free and off what is left in the passbook, at once. */
export const approve = (request: MaterialRequest, doing: Doing, granted?: Granted): Moved | Refusal => {
  const next = moved(request, 'approve', doing);
  if (isRefusal(next)) return next;
  const sums = new Map(perItem(granted ?? []).map(({ item, quantity }) => [item, quantity]));
  const fields: FieldProblem[] = problemsIn(granted ?? [], 'quantity', ({ item }) => {
    const asked = request.lines.find((line) => line.item === item)?.asked ?? 0;
    return (sums.get(item) ?? 0) <= asked ? undefined : `${asked} of ${item} were asked for`;
  });
  if (fields.length > 0) return refuse('INVALID_REQUEST', 'No more is approved than was asked.', { fields });
  const lines = request.lines.map((line) => {
    const quantity = granted ? (sums.get(line.item) ?? 0) : line.asked;
    return { ...line, approved: quantity as RequestLine['approved'] };
  });
  return reserving({ ...next, lines }, lines, 1);
};

export const reject = (request: MaterialRequest, doing: Doing): Moved | Refusal => {
  const next = moved(request, 'reject', doing);
  return isRefusal(next) ? next : { request: next, stock: [] };
};

/** Takes it back; what was reserved is free, and left to draw, again. */
export const cancel = (request: MaterialRequest, doing: Doing): Moved | Refusal =>
  reserving(moved(request, 'cancel', doing), request.lines, -1);

/** Stock and accounts of what is reserved now (1) or no longer (-1). */
const reserving = (request: MaterialRequest | Refusal, lines: readonly RequestLine[], way: 1 | -1): Moved | Refusal => {
  if (isRefusal(request)) return request;
  const changes = lines
    .map((line) => ({ item: line.item, quantity: way * reservedIn(line) }))
    .filter(({ quantity }) => quantity !== 0);
  return {
    request,
    stock: changes.map(({ item, quantity }) => ({
      item,
      onHand: 0,
      free: -quantity,
      requires: quantity > 0 ? { free: quantity } : ('nothing' as const),
    })),
    accounts: changes.map(({ item, quantity }) => ({ item, reserved: quantity, drawn: 0 })),
  };
};

import type { ItemId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { isRefusal, lineProblems, type Refusal, refuse } from '../kernel/refusal.ts';
import type { Day } from '../kernel/time.ts';
import { type StockChange, sumPerItem } from '../stock/stock.ts';
import type { ConfirmationCountChange, NewConfirmationCode } from './confirmation.ts';
import type { AccountChange } from './entitlement-account.ts';
import {
  applyTransition,
  type MaterialRequest,
  type RequestTransition,
  reservedQuantitiesOf,
  type TransitionDetails,
} from './material-request.ts';

export type RequestEffects = {
  readonly request: MaterialRequest;
  readonly stock: readonly StockChange[];
  readonly accounts?: readonly AccountChange[] | undefined;
  readonly code?: NewConfirmationCode | undefined;
  readonly confirmation?: ConfirmationCountChange | undefined;
};

type ApprovedLines = readonly { readonly item: ItemId; readonly quantity: Quantity }[];

/** Reserves the granted lines, or all that was requested. */
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
  const effects = transitionEffects(request, 'approve', details, approvedLines ? sums : requested);
  if (isRefusal(effects) || fields.length === 0) return effects;
  return refuse('INVALID_REQUEST', 'A request cannot be approved for more than it asks.', { fields });
};

export const reject = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  transitionEffects(request, 'reject', details, new Map());

export const cancel = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  transitionEffects(request, 'cancel', details, releasedQuantities(request));

/** Releases what was not issued. The history says `lapse`. */
export const expire = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  transitionEffects(request, 'lapse', details, releasedQuantities(request));

export const confirm = (request: MaterialRequest, details: TransitionDetails): RequestEffects | Refusal =>
  transitionEffects(request, 'confirm', details, new Map());

const releasedQuantities = (request: MaterialRequest): ReadonlyMap<ItemId, number> =>
  new Map([...reservedQuantitiesOf(request)].map(([item, quantity]) => [item, -quantity]));

/** `reserved`: quantities, base units, negative if released. */
const transitionEffects = (
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
  [...reserved].map(([item, quantity]) => ({ item, reserved: quantity, drawn: 0 }));

export type AllocationShare = ReadonlyMap<ItemId, number>;

export const shareOfItem = (share: AllocationShare | undefined, item: ItemId): number => share?.get(item) ?? 0;

/** The run has already taken the stock, so only request and accounts change. */
export const approveShare = (
  request: MaterialRequest,
  share: AllocationShare,
  details: TransitionDetails & { readonly run: Day },
): RequestEffects | Refusal => {
  const reserved = new Map([...share].filter(([, quantity]) => quantity > 0));
  const next = applyTransition(request, reserved.size > 0 ? 'allocate' : 'wait', details, reserved);
  return isRefusal(next) ? next : { request: next, stock: [], accounts: accountChangesOf(reserved) };
};

/** `undefined`: not given yet. */
export const allocatedShareOf = ({ history }: MaterialRequest, run: Day): AllocationShare | undefined => {
  const change = history.findLast((one) => one.run === run);
  return change && new Map((change.lines ?? []).map(({ item, quantity }) => [item, quantity]));
};

/** Lowers the share to the balance of the overdrawn accounts; `undefined` for another refusal. */
export const limitShareToAccount = (share: AllocationShare, { facts }: Refusal): AllocationShare | undefined => {
  if (!facts || !('over' in facts)) return undefined;
  const left = new Map(facts.over.map((one) => [one.item, Math.max(0, one.left)]));
  return new Map([...share].map(([item, quantity]) => [item, Math.min(quantity, left.get(item) ?? quantity)]));
};

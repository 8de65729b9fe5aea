import type { ItemId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Day } from '../kernel/time.ts';
import { applyTransition, type MaterialRequest, type TransitionDetails } from './material-request.ts';
import { accountChangesOf, type RequestEffects } from './request-transitions.ts';

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

/** What the overdrawn accounts have left; `undefined` for another refusal. */
export const capShare = (share: AllocationShare, { facts }: Refusal): AllocationShare | undefined => {
  if (!facts || !('over' in facts)) return undefined;
  const left = new Map(facts.over.map((one) => [one.item, Math.max(0, one.left)]));
  return new Map([...share].map(([item, quantity]) => [item, Math.min(quantity, left.get(item) ?? quantity)]));
};

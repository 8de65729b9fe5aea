import type { ItemId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Day } from '../kernel/time.ts';
import { applyTransition, type MaterialRequest, type TransitionDetails } from './material-request.ts';
import { accountChangesOf, type RequestEffects } from './request-transitions.ts';

/** What a request gets of each item; what is not named, nothing. */
export type AllocationShare = ReadonlyMap<ItemId, number>;
export const shareOfItem = (share: AllocationShare | undefined, item: ItemId): number => share?.get(item) ?? 0;

/**
 * Gives a request its share of a run: reserved, as far as there is any; else it waits. The run has taken its total from the stock already, so
 * only request and accounts move.
 */
export const approveShare = (
  request: MaterialRequest,
  share: AllocationShare,
  doing: TransitionDetails & { readonly run: Day },
): RequestEffects | Refusal => {
  const by = new Map([...share].filter(([, quantity]) => quantity > 0));
  const next = applyTransition(request, by.size > 0 ? 'allocate' : 'wait', doing, by);
  return isRefusal(next) ? next : { request: next, stock: [], accounts: accountChangesOf(by) };
};

/** What the run gave a request: kept in its history for good. `undefined`: it has not come to it. */
export const allocatedShareOf = ({ history }: MaterialRequest, run: Day): AllocationShare | undefined => {
  const change = history.findLast((one) => one.run === run);
  return change && new Map((change.lines ?? []).map(({ item, quantity }) => [item, quantity]));
};

/** The share that passbooks still have room for, if that is why it was refused. */
export const capShare = (share: AllocationShare, { facts }: Refusal): AllocationShare | undefined => {
  if (!facts || !('over' in facts)) return undefined;
  const left = new Map(facts.over.map((one) => [one.item, Math.max(0, one.left)]));
  return new Map([...share].map(([item, quantity]) => [item, Math.min(quantity, left.get(item) ?? quantity)]));
};

import type { ItemId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Day } from '../kernel/time.ts';
import { type Doing, type MaterialRequest, moved } from './material-request.ts';
import { accountsBy, type RequestEffects } from './request-transitions.ts';

/** What a request gets of each item; what is not named, nothing. */
export type Share = ReadonlyMap<ItemId, number>;
export const shareIn = (share: Share | undefined, item: ItemId): number => share?.get(item) ?? 0;

/**
 * Gives a request its share of a run: reserved, as far as there is any; else it waits. The run has taken its total from the stock already, so
 * only request and accounts move.
 */
export const give = (
  request: MaterialRequest,
  share: Share,
  doing: Doing & { readonly run: Day },
): RequestEffects | Refusal => {
  const by = new Map([...share].filter(([, quantity]) => quantity > 0));
  const next = moved(request, by.size > 0 ? 'allocate' : 'wait', doing, by);
  return isRefusal(next) ? next : { request: next, stock: [], accounts: accountsBy(by) };
};

/** What the run gave a request: kept in its history for good. `undefined`: it has not come to it. */
export const givenIn = ({ history }: MaterialRequest, run: Day): Share | undefined => {
  const change = history.findLast((one) => one.run === run);
  return change && new Map((change.lines ?? []).map(({ item, quantity }) => [item, quantity]));
};

/** The share that passbooks still have room for, if that is why it was refused. */
export const capped = (share: Share, { facts }: Refusal): Share | undefined => {
  if (!facts || !('over' in facts)) return undefined;
  const left = new Map(facts.over.map((one) => [one.item, Math.max(0, one.left)]));
  return new Map([...share].map(([item, quantity]) => [item, Math.min(quantity, left.get(item) ?? quantity)]));
};

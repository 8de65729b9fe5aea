import type { ItemId } from '../kernel/ids.ts';
import { type Instant, millisecondsOf } from '../kernel/time.ts';
import { inTransitOf, type Transfer } from './transfer.ts';

/** Also for the dispatch of an unmatched receipt. */
export const OVERDUE_DAYS = 7;

const DAY_MILLISECONDS = 24 * 3_600_000;

export const isOverdue = ({ sent, receipts }: Transfer, now: Instant): boolean => {
  const since = sent?.at ?? receipts[0]?.at;
  return since !== undefined && millisecondsOf(now) - millisecondsOf(since) > OVERDUE_DAYS * DAY_MILLISECONDS;
};

/** Quantities that replenishment does not count on. */
export const overdueItems = (incoming: readonly Transfer[], now: Instant): ReadonlyMap<ItemId, number> => {
  const overdue = new Map<ItemId, number>();
  for (const transfer of incoming.filter((one) => isOverdue(one, now)))
    for (const [item, quantity] of inTransitOf(transfer)) overdue.set(item, (overdue.get(item) ?? 0) + quantity);
  return overdue;
};

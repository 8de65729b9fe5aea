import type { ItemId, LocationId } from '../kernel/ids.ts';
import { type Instant, millisecondsOf } from '../kernel/time.ts';
import type { StockChange } from '../stock/stock.ts';
import { inTransitOf, type Transfer } from './transfer.ts';

/**
 * Adds the receiver's change of `inbound`. The receiver's own voucher gets it in its existing
 * changes, because a transaction may touch a row once.
 */
export const withInbound = (
  stock: readonly StockChange[],
  location: LocationId,
  before: Transfer | undefined,
  after: Transfer,
): StockChange[] => {
  const to = after.sent?.to;
  if (!to) return [...stock];
  const oldTransit = before ? inTransitOf(before) : new Map();
  const newTransit = inTransitOf(after);
  const ownChanges = new Map(to === location ? stock.map((change) => [change.item, change]) : []);
  const others = to === location ? [] : stock;
  const receiverChanges = [...new Set([...oldTransit.keys(), ...newTransit.keys()])].flatMap((item): StockChange[] => {
    const inbound = (newTransit.get(item) ?? 0) - (oldTransit.get(item) ?? 0);
    const ownChange = ownChanges.get(item);
    ownChanges.delete(item);
    if (inbound === 0) return ownChange ? [ownChange] : [];
    if (ownChange) return [{ ...ownChange, inbound }];
    return [{ item, onHand: 0, requires: 'nothing', inbound, ...(to !== location && { location: to }) }];
  });
  return [...others, ...ownChanges.values(), ...receiverChanges];
};

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

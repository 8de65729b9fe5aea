import type { LocationId } from '../kernel/ids.ts';
import type { StockChange } from '../stock/stock-change.ts';
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

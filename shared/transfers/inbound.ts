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
  const was = before ? inTransitOf(before) : new Map();
  const is = inTransitOf(after);
  const own = new Map(to === location ? stock.map((change) => [change.item, change]) : []);
  const others = to === location ? [] : stock;
  const moved = [...new Set([...was.keys(), ...is.keys()])].flatMap((item): StockChange[] => {
    const inbound = (is.get(item) ?? 0) - (was.get(item) ?? 0);
    const mine = own.get(item);
    own.delete(item);
    if (inbound === 0) return mine ? [mine] : [];
    if (mine) return [{ ...mine, inbound }];
    return [{ item, onHand: 0, requires: 'nothing', inbound, ...(to !== location && { location: to }) }];
  });
  return [...others, ...own.values(), ...moved];
};

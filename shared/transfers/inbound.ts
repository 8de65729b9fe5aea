import type { LocationId } from '../kernel/ids.ts';
import type { StockChange } from '../stock/stock-change.ts';
import { inTransitOf, type Transfer } from './transfer.ts';

/**
 * What is on the way to the receiver moves with the transfer: the receiver's rows are part of the same transaction, or, where the voucher is
 * the receiver's own, of the changes that it makes itself: a transaction may touch a row once.
 */
export const withInbound = (
  stock: readonly StockChange[],
  location: LocationId,
  before: Transfer | undefined,
  after: Transfer,
): StockChange[] => {
  const to = after.sent?.to;
  if (!to) return [...stock];
  const [was, is] = [before ? inTransitOf(before) : new Map(), inTransitOf(after)];
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

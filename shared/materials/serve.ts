import type { ItemId } from '../kernel/ids.ts';
import type { StockRow } from '../stock/stock.ts';
import { type MaterialRequest, reservedBy } from './material-request.ts';

type Shelf = ReadonlyMap<ItemId, Pick<StockRow, 'onHand' | 'free'>>;
type Served = { readonly item: ItemId; readonly quantity: number };

/** What could be handed over now of what is reserved; of what waits, what stock and passbook have, if it were the only request. */
export const canServe = (request: MaterialRequest, shelf: Shelf, leftOf: (item: ItemId) => number): Served[] => {
  if (request.state === 'submitted')
    return request.lines.map(({ item, asked }) => ({
      item,
      quantity: upTo(asked, shelf.get(item)?.free, leftOf(item)),
    }));
  return [...reservedBy(request)].map(([item, reserved]) => ({
    item,
    quantity: upTo(reserved, shelf.get(item)?.onHand),
  }));
};

const upTo = (wanted: number, there = 0, left = wanted): number => Math.max(0, Math.min(wanted, there, left));

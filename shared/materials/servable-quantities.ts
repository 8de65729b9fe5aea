import type { ItemId } from '../kernel/ids.ts';
import type { StockRow } from '../stock/stock.ts';
import { type MaterialRequest, reservedQuantitiesOf } from './material-request.ts';

type ShelfStock = ReadonlyMap<ItemId, Pick<StockRow, 'onHand' | 'free'>>;
type ServableQuantity = { readonly item: ItemId; readonly quantity: number };

/** As if it were the only request. */
export const servableQuantities = (
  request: MaterialRequest,
  shelf: ShelfStock,
  leftOf: (item: ItemId) => number,
): ServableQuantity[] => {
  if (request.state === 'submitted')
    return request.lines.map(({ item, asked }) => ({
      item,
      quantity: limitTo(asked, shelf.get(item)?.free, leftOf(item)),
    }));
  return [...reservedQuantitiesOf(request)].map(([item, reserved]) => ({
    item,
    quantity: limitTo(reserved, shelf.get(item)?.onHand),
  }));
};

const limitTo = (wanted: number, inStock = 0, left = wanted): number => Math.max(0, Math.min(wanted, inStock, left));

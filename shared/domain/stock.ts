import * as z from 'zod';
import { ItemId, LocationId } from './ids.ts';
import { Lot } from './materials/lots.ts';
import { Balance, Version } from './quantity.ts';
import { Order } from './vouchers/order.ts';

/** What one location has of one item, in base units. `version` rises by one with every write. */
export const StockRow = z.strictObject({
  location: LocationId,
  item: ItemId,
  onHand: Balance,
  free: Balance,
  inbound: Balance,
  /** At a depot, what is open of each delivery, the oldest first; together they are what is on hand. */
  lots: z.array(Lot).optional(),
  /** The last count that it starts from, as its place in the order of vouchers. */
  countedAt: Order.optional(),
  version: Version,
});
export type StockRow = z.infer<typeof StockRow>;

/** At or below its reorder point, counting what is on its way. */
export const isShort = ({ onHand, inbound }: Pick<StockRow, 'onHand' | 'inbound'>, reorderPoint: number): boolean =>
  onHand + inbound <= reorderPoint;

/** The book says less than nothing: a sale of goods in hand ran ahead of a receipt, or a count is due. */
export const isBelowZero = ({ onHand, free }: Pick<StockRow, 'onHand' | 'free'>): boolean => Math.min(onHand, free) < 0;

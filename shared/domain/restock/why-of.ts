import { SAYS_STOCK } from '../alerts/says-stock.ts';
import type { Told } from '../materials/request.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock.ts';
import { keptOf } from './kept.ts';

/** Why so much is to be there, as the alert of a short shelf says it. */
export const whyOf = ({ plan, onHand, inbound, free }: StockRow, item: Item): Told =>
  SAYS_STOCK.short({ onHand, free, inbound, ...keptOf(plan, item.reorderPoint), pace: plan?.pace }, item);

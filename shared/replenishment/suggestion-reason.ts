import { SAYS_STOCK } from '../alerts/stock-sentences.ts';
import type { Told } from '../materials/material-request.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock/stock.ts';
import { keptOf } from './min-max-levels.ts';

/** Why so much is to be there, as the alert of a short shelf says it. */
export const whyOf = ({ plan, onHand, inbound, free }: StockRow, item: Item): Told =>
  SAYS_STOCK.short({ onHand, free, inbound, ...keptOf(plan, item.reorderPoint), pace: plan?.pace }, item);

import type { Told } from '../kernel/bilingual-text.ts';
import type { Item } from '../registry/item.ts';
import { keptOf } from '../replenishment/min-max-levels.ts';
import type { StockRow } from '../stock/stock.ts';
import { SAYS_STOCK } from './stock-sentences.ts';

/** Why so much is to be there, as the alert of a short shelf says it. */
export const whyOf = ({ plan, onHand, inbound, free }: StockRow, item: Item): Told =>
  SAYS_STOCK.short({ onHand, free, inbound, ...keptOf(plan, item.reorderPoint), pace: plan?.pace }, item);

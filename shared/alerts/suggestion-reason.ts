import type { BilingualText } from '../kernel/bilingual-text.ts';
import type { Item } from '../registry/item.ts';
import { minMaxLevelsOf } from '../replenishment/min-max-levels.ts';
import type { StockRow } from '../stock/stock.ts';
import { STOCK_SENTENCES } from './stock-sentences.ts';

/** Why so much is to be there, as the alert of a short shelf says it. */
export const renderSuggestionReason = ({ plan, onHand, inbound, free }: StockRow, item: Item): BilingualText =>
  STOCK_SENTENCES.short({ onHand, free, inbound, ...minMaxLevelsOf(plan, item.reorderPoint), pace: plan?.pace }, item);

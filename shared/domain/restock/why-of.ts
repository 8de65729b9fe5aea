import { SAYS_STOCK } from '../alerts/says-stock.ts';
import type { Told } from '../materials/request.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock.ts';
import { keptOf } from './kept.ts';
import { toldWhy } from './told-why.ts';

const WEEK = 7;

/** Why so much is to be there: what the plan was made from, where there is one of paces. */
export const whyOf = (row: StockRow, item: Item): Told => {
  const { plan, onHand, inbound, free } = row;
  const kept = keptOf(plan, item.reorderPoint);
  if (!plan?.pace) return SAYS_STOCK.short({ onHand, free, inbound, ...kept }, item);
  const { othersPerWeek, factor, leadDays, season = 1 } = plan.pace;
  return toldWhy({
    ...{ item, lead: leadDays, plan: kept, onHand, inbound },
    pace: { rate: othersPerWeek / WEEK, outlet: factor, local: 1 },
    season: { until: season, cover: season },
  });
};

import { leansOnInbound } from '../domain/alerts/stock-alert.ts';
import { Balance } from '../domain/quantity.ts';
import type { StockRow } from '../domain/stock.ts';
import type { OverdueAt } from './overdue-at.ts';

/** Rows of one location, by the reorder point of each. */
export type CountedOn = (
  rows: readonly StockRow[],
  reorderPointOf: (row: StockRow) => number,
) => Promise<readonly StockRow[]>;

/** The rows as they may be counted on: of what is on its way, without what is overdue. That is looked for only where what is there does not do. */
export const countedOn =
  (overdueAt: OverdueAt): CountedOn =>
  async (rows, reorderPointOf) => {
    const leaning = rows.find((row) => leansOnInbound(row, reorderPointOf(row)));
    if (!leaning) return rows;
    const overdue = await overdueAt(leaning.location);
    return rows.map((row) => ({
      ...row,
      inbound: Balance.parse(Math.max(0, row.inbound - (overdue.get(row.item) ?? 0))),
    }));
  };

import type { ReadOverdueQuantities } from '../alerts/stock-alert-service.ts';
import { Balance } from '../kernel/quantity.ts';
import type { StockRow } from '../stock/stock.ts';

/** Rows of one location, by the reorder point of each. */
export type ReadExpectedStock = (...of: Parameters<ReadOverdueQuantities>) => Promise<readonly StockRow[]>;

/** The rows as they may be counted on: of what is on its way, without what is overdue. */
export const readExpectedStock =
  (overdueOf: ReadOverdueQuantities): ReadExpectedStock =>
  async (rows, reorderPointOf) => {
    const overdue = await overdueOf(rows, reorderPointOf);
    return rows.map((row) => ({
      ...row,
      inbound: Balance.parse(Math.max(0, row.inbound - (overdue.get(row.item) ?? 0))),
    }));
  };

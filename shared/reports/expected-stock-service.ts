import type { ReadOverdueQuantities } from '../alerts/stock-alert-service.ts';
import { Balance } from '../kernel/quantity.ts';
import type { StockRow } from '../stock/stock.ts';

export type ReadExpectedStock = (...of: Parameters<ReadOverdueQuantities>) => Promise<readonly StockRow[]>;

/** Inbound excludes overdue transfers. */
export const readExpectedStock =
  (overdueOf: ReadOverdueQuantities): ReadExpectedStock =>
  async (rows, reorderPointOf) => {
    const overdue = await overdueOf(rows, reorderPointOf);
    return rows.map((row) => ({
      ...row,
      inbound: Balance.parse(Math.max(0, row.inbound - (overdue.get(row.item) ?? 0))),
    }));
  };

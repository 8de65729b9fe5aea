import type { ItemId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Clock } from '../kernel/time.ts';
import type { ReorderPoint, StockRow } from '../stock/stock.ts';
import { overdueItems } from '../transfers/overdue.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import { dependsOnInbound } from './stock-alert.ts';

type Stores = { readonly transfers: TransferStore; readonly clock: Clock };

/** Of rows of one location, by the reorder point of each. */
export type ReadOverdueQuantities = (
  rows: readonly StockRow[],
  reorderPointOf: (row: StockRow) => ReorderPoint,
) => Promise<ReadonlyMap<ItemId, number>>;

/** How much of each item should have come by now. Looked for only where what is there does not do: elsewhere it makes no difference. */
export const readOverdueQuantities =
  ({ transfers, clock }: Stores): ReadOverdueQuantities =>
  async (rows, reorderPointOf) => {
    const leaning = rows.filter((row) => dependsOnInbound(row, reorderPointOf(row)));
    const [{ location } = {}] = leaning;
    if (!location) return new Map();
    const open = await allPages((after) => transfers.of('incoming', location, 'open', after));
    const overdue = overdueItems(open, clock.now());
    return new Map(leaning.flatMap(({ item }) => (overdue.has(item) ? [[item, overdue.get(item) ?? 0]] : [])));
  };

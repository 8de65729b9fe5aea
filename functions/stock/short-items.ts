import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { replenishmentQuantityOf } from '../../shared/replenishment/min-max-levels.ts';
import type { ReadExpectedStock } from '../../shared/reports/expected-stock-service.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';

/** `row`: without overdue quantities in transit; `inbound`: with them. */
export type ShortItem = {
  readonly row: StockRow;
  readonly inbound: StockRow['inbound'];
  readonly item: EntryOf<'items'>;
};

export type DemandingLocationsDeps = { readonly countedOn: ReadExpectedStock; readonly registry: RegistryStore };

/** Of sellers who trade here. */
export const loadShortItems = async (
  rows: readonly StockRow[],
  sellers: readonly string[],
  { registry, countedOn }: DemandingLocationsDeps,
): Promise<ShortItem[]> => {
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const registered = ({ item }: StockRow) => items.get(item)?.entry.reorderPoint ?? 0;
  const expected = await countedOn(rows, (row) => reorderPointOf(row, registered(row)));
  return rows.flatMap(({ inbound }, at) => {
    const row = expected[at] as StockRow;
    const item = items.get(row.item);
    if (!item || !sellers.includes(item.entry.seller)) return [];
    return replenishmentQuantityOf(row, item.entry.reorderPoint) > 0 ? [{ row, inbound, item }] : [];
  });
};

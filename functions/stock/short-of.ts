import { keptOf, wantedOf } from '../../shared/domain/restock/kept.ts';
import type { StockRow } from '../../shared/domain/stock.ts';
import type { Composition, EntryOf } from '../../shared/runtime/composition.ts';

export type Short = { readonly row: StockRow; readonly item: EntryOf<'items'> };

/** What runs short, of sellers who trade here: of no other could it be sent. */
export const shortOf = async (
  rows: readonly StockRow[],
  sellers: readonly string[],
  { registry }: Composition,
): Promise<Short[]> => {
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  return rows.flatMap((row) => {
    const item = items.get(row.item);
    if (!item || !sellers.includes(item.entry.seller)) return [];
    return wantedOf(row, keptOf(row.plan, item.entry.reorderPoint)) > 0 ? [{ row, item }] : [];
  });
};

import type { ReadExpectedStock } from '../../shared/alerts/stock-alert-service.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { isShort, reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';
import type { ShelfRow } from '../../shared/stock/stock-contract.ts';
import * as contract from '../../shared/stock/stock-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

type GetLocationStockDeps = {
  readonly readExpectedStock: ReadExpectedStock;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
};

/** Skips empty pages: clients take one for the end. */
export const getLocationStock = operation(
  contract.getLocationStock,
  async ({ path: { location }, query }, deps: GetLocationStockDeps) => {
    for await (const { rows, next } of eachPage((after) => deps.stock.at(location, after), query.cursor)) {
      const shelf = await shelfOf(rows, deps);
      const stock = query.short ? shelf.filter(({ short }) => short) : shelf;
      if (stock.length > 0) return ok({ location, stock, ...cursorField(next) });
    }
    return ok({ location, stock: [] });
  },
);

/** An item without a registry entry is never short. */
const shelfOf = async (
  rows: readonly StockRow[],
  { registry, readExpectedStock }: GetLocationStockDeps,
): Promise<ShelfRow[]> => {
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  const pointOf = (row: StockRow) => reorderPointOf(row, items.get(row.item)?.entry.reorderPoint ?? 0);
  const expected = await readExpectedStock(rows, pointOf);
  return rows.map((row, at) => {
    if (!items.has(row.item)) return { ...row, short: false };
    const reorderPoint = pointOf(row);
    return { ...row, reorderPoint: reorderPoint ?? 0, short: isShort(expected[at] ?? row, reorderPoint) };
  });
};

import { type StockLocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/stock/stock-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

type GetItemStockDeps = { readonly registry: RegistryStore; readonly stock: StockStore };

export const getItemStock = operation(
  contract.getItemStock,
  async ({ path: { item }, query }, deps: GetItemStockDeps) => {
    const { rows, next } = await deps.stock.where(item, query.cursor);
    const details = await loadLocations(
      rows.map(({ location }) => location),
      deps,
    );
    const locations = rows.map(({ location, free }) => ({ location, ...details.get(location), free }));
    return ok({ item, locations, ...cursorField(next) });
  },
);

const loadLocations = async (locations: readonly StockLocationId[], { registry }: GetItemStockDeps) => {
  await registry.recollect(locations.map((id) => ({ kind: stockLocationKind(id), id })));
  const details = await Promise.all(
    locations.map(async (location) => {
      const found = await registry.entry(stockLocationKind(location), location);
      return [location, found && { name: found.entry.name, district: found.entry.district }] as const;
    }),
  );
  return new Map(details);
};

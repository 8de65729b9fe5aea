import { ItemId, type StockLocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { rowOfSheet } from '../../shared/ledger/count-sheet.ts';
import * as contract from '../../shared/ledger/count-sheet-contract.ts';
import { csvOperation } from '../../shared/platform/csv.ts';
import { ok } from '../../shared/platform/operation.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import type { Item } from '../../shared/registry/item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

export type SheetDeps = { readonly clock: Clock; readonly registry: RegistryStore; readonly stock: StockStore };

/** `undefined`: the registry has no such location. */
export const itemsOfSellersAt = async (
  location: StockLocationId,
  { registry }: Pick<SheetDeps, 'registry'>,
): Promise<ReadonlyMap<ItemId, Item> | undefined> => {
  const found = await registry.entry(stockLocationKind(location), location);
  if (!found) return undefined;
  const catalogues = found.entry.sellers.map((seller) =>
    allPages((after) => registry.catalogue(seller, undefined, after)),
  );
  const items = (await Promise.all(catalogues)).flat();
  return new Map(items.map(({ id, entry }) => [ItemId.parse(id), entry]));
};

export const stockRowsAt = async (
  location: StockLocationId,
  { stock }: Pick<SheetDeps, 'stock'>,
): Promise<ReadonlyMap<ItemId, StockRow>> => {
  const rows = await allPages((after) => stock.at(location, after));
  return new Map(rows.map((row) => [row.item, row]));
};

export const getCountSheet = csvOperation(
  contract.getCountSheet,
  async ({ path: { location }, query }, deps: SheetDeps) => {
    const items = await itemsOfSellersAt(location, deps);
    if (!items) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const rows = await stockRowsAt(location, deps);
    const today = dayOf(deps.clock.now());
    const onHand = (item: ItemId): number => rows.get(item)?.onHand ?? 0;
    const sheet = [...items]
      .filter(([item, entry]) => isOpenOn(entry, today) || onHand(item) !== 0)
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
    return ok({
      location,
      items: sheet.map(([item, entry]) => rowOfSheet(item, entry, query.ledger ? onHand(item) : undefined)),
    });
  },
);

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
import { sellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

export type SheetDeps = { readonly clock: Clock; readonly registry: RegistryStore; readonly stock: StockStore };

type LocationItems = {
  readonly rows: ReadonlyMap<ItemId, StockRow>;
  /** Items of the location's sellers, and all other items on hand. */
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly ofSellers: ReadonlySet<ItemId>;
};

/** `undefined`: the registry has no such location. */
export const itemsAt = async (
  location: StockLocationId,
  { clock, registry, stock }: SheetDeps,
): Promise<LocationItems | undefined> => {
  const found = await registry.entry(stockLocationKind(location), location);
  if (!found) return undefined;
  const catalogues = sellersAt(found.entry, clock.now()).map((seller) =>
    allPages((after) => registry.catalogue(seller, undefined, after)),
  );
  const listed = (await Promise.all(catalogues)).flat();
  const items = new Map(listed.map(({ id, entry }) => [ItemId.parse(id), entry]));
  const ofSellers = new Set(items.keys());
  const rows = new Map((await allPages((after) => stock.at(location, after))).map((row) => [row.item, row]));
  const others = [...rows.values()].filter(({ item, onHand }) => onHand !== 0 && !items.has(item));
  const left = await registry.entries(
    'items',
    others.map(({ item }) => item),
  );
  for (const [item, { entry }] of left) items.set(item, entry);
  return { rows, items, ofSellers };
};

export const getCountSheet = csvOperation(
  contract.getCountSheet,
  async ({ path: { location }, query }, deps: SheetDeps) => {
    const here = await itemsAt(location, deps);
    if (!here) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const today = dayOf(deps.clock.now());
    const onHand = (item: ItemId): number => here.rows.get(item)?.onHand ?? 0;
    const sheet = [...here.items]
      .filter(([item, entry]) => isOpenOn(entry, today) || onHand(item) !== 0)
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
    return ok({
      location,
      items: sheet.map(([item, entry]) => rowOfSheet(item, entry, query.ledger ? onHand(item) : undefined)),
    });
  },
);

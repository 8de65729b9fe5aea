import { renderSuggestionReason } from '../../shared/alerts/stock-sentences.ts';
import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Measure, measureOf } from '../../shared/kernel/units.ts';
import { dispatch } from '../../shared/ledger/kinds/dispatch.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import { demandingLocationOf, isNear, suggestSources } from '../../shared/replenishment/sourcing.ts';
import * as contract from '../../shared/replenishment/transfer-request-contract.ts';
import { MAX_REQUEST_LINES, type TransferRequest } from '../../shared/replenishment/transfer-request-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import {
  type DemandingLocationsDeps,
  type LocationSupply,
  loadLocationSupply,
  loadShortItems,
  type ShortItem,
  type SupplyAtDeps,
} from './location-supply.ts';
import {
  loadStockLocations,
  loadSupplyingLocations,
  type SellersAtDeps,
  type StockLocation,
  type SupplyingLocationsDeps,
  toSourcingLocation,
} from './supplying-locations.ts';

const RECEIVERS_AT_A_TIME = 10;
const MAX_SHORT_ITEMS = 40;
const MAX_ROWS_READ = 5_000;

type ListTransferRequestsDeps = { readonly stock: StockStore } & DemandingLocationsDeps &
  SellersAtDeps &
  SupplyAtDeps &
  SupplyingLocationsDeps;

export const listTransferRequests = operation(
  contract.listTransferRequests,
  async ({ path: { location }, query }, deps: ListTransferRequestsDeps) => {
    const supply = await loadLocationSupply(location, deps);
    if (!supply) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const locations = await loadStockLocations(deps);
    const [after = ''] = query.cursor ?? [];
    const demanding = demandingLocationsOf(supply, locations).filter(({ location }) => location > after);
    const transferRequests: TransferRequest[] = [];
    let shortCount = 0;
    let rowCount = 0;
    for (let at = 0; at < demanding.length; at += RECEIVERS_AT_A_TIME) {
      const batch = demanding.slice(at, at + RECEIVERS_AT_A_TIME);
      const keys = stockKeysOf(batch, supply);
      rowCount += keys.length;
      for (const [receiver, shortItems] of await loadShortItemsPerReceiver(batch, keys, deps)) {
        transferRequests.push(
          ...(await loadTransferRequests(receiver, shortItems, { supplier: supply, all: locations }, deps)),
        );
        shortCount += shortItems.length;
      }
      const last = batch.at(-1)?.location;
      const hasMore = at + RECEIVERS_AT_A_TIME < demanding.length;
      const isFull = rowCount >= MAX_ROWS_READ || (transferRequests.length > 0 && shortCount >= MAX_SHORT_ITEMS);
      if (hasMore && last && isFull) return ok({ location, transferRequests, ...cursorField([last]) });
    }
    return ok({ location, transferRequests });
  },
);

const demandingLocationsOf = (
  { location, items }: LocationSupply,
  locations: readonly StockLocation[],
): StockLocation[] => {
  const sellers = new Set(items.values().map(({ entry }) => entry.seller));
  return locations
    .filter((one) => one.location !== location.location)
    .filter((one) => location.kind !== 'outlets' || isNear(one, location))
    .filter((one) => one.sellers.some((seller) => sellers.has(seller)))
    .sort((one, other) => (one.location < other.location ? -1 : 1));
};

type StockKey = { readonly location: StockLocation['location']; readonly item: ItemId };

const stockKeysOf = (receivers: readonly StockLocation[], { items }: LocationSupply): StockKey[] =>
  receivers.flatMap(({ location, sellers }) =>
    [...items.values()]
      .filter(({ entry }) => sellers.includes(entry.seller))
      .map(({ id }) => ({ location, item: id as ItemId })),
  );

const loadShortItemsPerReceiver = async (
  receivers: readonly StockLocation[],
  keys: readonly StockKey[],
  deps: ListTransferRequestsDeps,
): Promise<[StockLocation, ShortItem[]][]> => {
  const rows = Map.groupBy(await deps.stock.among(keys), (row) => row.location);
  const found: [StockLocation, ShortItem[]][] = [];
  for (const receiver of receivers) {
    const shortItems = await loadShortItems(rows.get(receiver.location) ?? [], receiver.sellers, deps);
    if (shortItems.length > 0) found.push([receiver, shortItems]);
  }
  return found;
};

type RequestedLine = TransferRequest['lines'][number] & { readonly seller: SellerId; readonly measure: Measure };

/** One dispatch per seller, because a terminal belongs to one. */
const loadTransferRequests = async (
  receiver: StockLocation,
  shortItems: readonly ShortItem[],
  {
    supplier: { location, spare },
    all: locations,
  }: { readonly supplier: LocationSupply; readonly all: readonly StockLocation[] },
  deps: ListTransferRequestsDeps,
): Promise<TransferRequest[]> => {
  const items = shortItems.map(({ item }) => item);
  const suppliersOf = await loadSupplyingLocations(receiver, items, locations, deps);
  const lines = shortItems.flatMap(({ row, item: { entry } }): RequestedLine[] => {
    const { item } = row;
    const sources = suggestSources(demandingLocationOf(toSourcingLocation(receiver), row, entry), suppliersOf(item));
    const source = sources.find(({ from }) => from === location.location);
    const spareQuantity = spare.get(item);
    if (!source) return [];
    return [
      {
        item,
        quantity: source.quantity as Quantity,
        why: renderSuggestionReason(row, entry),
        seller: entry.seller,
        measure: measureOf(source.quantity, { unit: entry.unit, units: entry.units ?? [] }),
        ...(spareQuantity !== undefined && { spare: spareQuantity }),
      },
    ];
  });
  return [...Map.groupBy(lines, ({ seller }) => seller)].map(([seller, linesOfSeller]) =>
    transferRequestOf(receiver, seller, linesOfSeller),
  );
};

const transferRequestOf = (
  { location: to, name, district }: StockLocation,
  seller: SellerId,
  lines: readonly RequestedLine[],
): TransferRequest => {
  const pageLines = lines.toSorted((one, other) => (one.item < other.item ? -1 : 1)).slice(0, MAX_REQUEST_LINES);
  return {
    to,
    name,
    district,
    seller,
    lines: pageLines.map(({ seller: _seller, measure: _measure, ...line }) => line),
    dispatch: { kind: dispatch.code, to, lines: pageLines.map(({ item, measure }) => ({ item, quantity: measure })) },
  };
};

import { renderSuggestionReason } from '../../shared/alerts/stock-sentences.ts';
import { stockLocationKind } from '../../shared/kernel/ids.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import { dispatch } from '../../shared/ledger/kinds/dispatch.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { minMaxLevelsOf } from '../../shared/replenishment/replenishment-plan.ts';
import { demandingLocationOf, suggestSources } from '../../shared/replenishment/sourcing.ts';
import type { Suggestion } from '../../shared/replenishment/suggestion-contract.ts';
import * as contract from '../../shared/replenishment/suggestion-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { type DemandingLocationsDeps, loadShortItems, type ShortItem } from './location-supply.ts';
import {
  loadStockLocations,
  loadSupplyingLocations,
  type SellersAtDeps,
  type StockLocation,
  type SupplyingLocationsDeps,
  stockLocationOf,
  toSourcingLocation,
} from './supplying-locations.ts';

const MAX_SUGGESTIONS = 20;

type GetSuggestionsDeps = { readonly registry: RegistryStore; readonly stock: StockStore } & DemandingLocationsDeps &
  SellersAtDeps &
  SupplyingLocationsDeps;

/** A snapshot: the dispatch itself checks the stock. */
export const getSuggestions = operation(
  contract.getSuggestions,
  async ({ path: { location }, query }, deps: GetSuggestionsDeps) => {
    const found = await deps.registry.entry(stockLocationKind(location), location);
    if (!found) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    if (!isOpenOn(found.entry, dayOf(deps.clock.now()))) return ok({ location, suggestions: [] });
    const receiver = stockLocationOf(found, deps.clock.now());
    for await (const { rows, next } of eachPage((after) => deps.stock.at(location, after), query.cursor)) {
      const short = await loadShortItems(rows, found.entry.sellers, deps);
      if (short.length === 0) continue;
      const pageItems = short.slice(0, MAX_SUGGESTIONS);
      const lastItem = short[MAX_SUGGESTIONS - 1];
      const suggestions = await loadSuggestions(receiver, pageItems, deps);
      return ok({
        location,
        suggestions,
        ...cursorField(short.length > MAX_SUGGESTIONS && lastItem ? [lastItem.row.item] : next),
      });
    }
    return ok({ location, suggestions: [] });
  },
);

const loadSuggestions = async (
  receiver: StockLocation,
  short: readonly ShortItem[],
  deps: GetSuggestionsDeps,
): Promise<Suggestion[]> => {
  const items = short.map(({ item }) => item);
  const suppliersOf = await loadSupplyingLocations(receiver, items, await loadStockLocations(deps), deps);
  return short.map(({ row, inbound, item: { entry } }) => {
    const { item, onHand } = row;
    const demanding = demandingLocationOf(toSourcingLocation(receiver), row, entry);
    const sources = suggestSources(demanding, suppliersOf(item)).map(({ from, kind, quantity }) => ({
      from,
      kind,
      quantity: quantity as Quantity,
      dispatch: {
        kind: dispatch.code,
        to: receiver.location,
        lines: [{ item, quantity: measureOf(quantity, { unit: entry.unit, units: entry.units ?? [] }) }],
      },
    }));
    const { shortQuantity } = demanding;
    const { reorderPoint, target } = minMaxLevelsOf(row.plan, entry.reorderPoint);
    return {
      item,
      onHand,
      inbound,
      reorderPoint,
      target,
      wanted: shortQuantity,
      why: renderSuggestionReason(row, entry),
      sources,
    };
  });
};

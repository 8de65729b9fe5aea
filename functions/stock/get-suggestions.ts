import { whyOf } from '../../shared/alerts/suggestion-reason.ts';
import { contract } from '../../shared/api/contract.ts';
import { locationKind } from '../../shared/kernel/ids.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { more } from '../../shared/platform/query-parameters.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { keptOf } from '../../shared/replenishment/min-max-levels.ts';
import { wantingOf } from '../../shared/replenishment/sides.ts';
import { suggestSources } from '../../shared/replenishment/sourcing.ts';
import type { Suggestion } from '../../shared/replenishment/suggestion-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { type DemandingLocationsDeps, type Short, shortOf } from './demanding-locations.ts';
import { type SellersAtDeps, type Trading, tradingAnywhere, tradingOf } from './sellers-at.ts';
import { giversOf, locatedOf, type SupplyingLocationsDeps } from './supplying-locations.ts';

/** Each asks for the rows of the outlets of a district and of lines, and of the depots of its seller. */
const MOST = 20;

type GetSuggestionsDeps = { readonly registry: RegistryStore; readonly stock: StockStore } & DemandingLocationsDeps &
  SellersAtDeps &
  SupplyingLocationsDeps;

/** A moment's view of the givers: what their shelves bear is decided when the dispatch is recorded. */
export const getSuggestions = operation(
  contract.getSuggestions,
  async ({ path: { location }, query }, deps: GetSuggestionsDeps) => {
    const place = await deps.registry.entry(locationKind(location), location);
    if (!place) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const at = tradingOf(place);
    for await (const { rows, next } of eachPage((after) => deps.stock.at(location, after), query.cursor)) {
      const short = await shortOf(rows, place.entry.sellers, deps);
      if (short.length === 0) continue;
      const [these, last] = [short.slice(0, MOST), short[MOST - 1]];
      const suggestions = await suggested(at, these, deps);
      return ok({ location, suggestions, ...more(short.length > MOST && last ? [last.row.item] : next) });
    }
    return ok({ location, suggestions: [] });
  },
);

const suggested = async (at: Trading, short: readonly Short[], deps: GetSuggestionsDeps): Promise<Suggestion[]> => {
  const items = short.map(({ item }) => item);
  const giversFor = await giversOf(at, items, await tradingAnywhere(deps), deps);
  return short.map(({ row, inbound, item: { entry } }) => {
    const { item, onHand } = row;
    const wanting = wantingOf(locatedOf(at), row, entry);
    const sources = suggestSources(wanting, giversFor(item)).map(({ from, kind, quantity }) => ({
      ...{ from, kind, quantity: quantity as Quantity },
      dispatch: {
        kind: 'D' as const,
        to: at.place,
        lines: [{ item, quantity: measureOf(quantity, { unit: entry.unit, units: entry.units ?? [] }) }],
      },
    }));
    const [{ wanted }, { reorderPoint, target }] = [wanting, keptOf(row.plan, entry.reorderPoint)];
    return { item, onHand, inbound, reorderPoint, target, wanted, why: whyOf(row, entry), sources };
  });
};

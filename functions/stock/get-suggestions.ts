import type { Suggestion } from '../../shared/contract/operations/suggestions.ts';
import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { locationKind } from '../../shared/domain/ids.ts';
import { measureOf } from '../../shared/domain/materials/units.ts';
import { eachPage } from '../../shared/domain/pages.ts';
import type { Quantity } from '../../shared/domain/quantity.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { keptOf } from '../../shared/domain/restock/kept.ts';
import { wantingOf } from '../../shared/domain/restock/sides.ts';
import { suggestSources } from '../../shared/domain/restock/suggest-source.ts';
import { whyOf } from '../../shared/domain/restock/why-of.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { giversOf, locatedOf } from './givers-of.ts';
import { type Short, shortOf } from './short-of.ts';
import { type Trading, tradingAnywhere, tradingOf } from './trading.ts';

/** Each asks for the rows of the outlets of a district and of lines, and of the depots of its seller. */
const MOST = 20;

/** A moment's view of the givers: what their shelves bear is decided when the dispatch is recorded. */
export const getSuggestions = operation(contract.getSuggestions, async ({ path: { location }, query }, tools) => {
  const place = await tools.registry.entry(locationKind(location), location);
  if (!place) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
  const at = tradingOf(place);
  for await (const { rows, next } of eachPage((after) => tools.stock.at(location, after), query.cursor)) {
    const short = await shortOf(rows, place.entry.sellers, tools);
    if (short.length === 0) continue;
    const [these, last] = [short.slice(0, MOST), short[MOST - 1]];
    const suggestions = await suggested(at, these, tools);
    return ok({ location, suggestions, ...more(short.length > MOST && last ? [last.row.item] : next) });
  }
  return ok({ location, suggestions: [] });
});

const suggested = async (at: Trading, short: readonly Short[], tools: Composition): Promise<Suggestion[]> => {
  const items = short.map(({ item }) => item);
  const giversFor = await giversOf(at, items, await tradingAnywhere(tools), tools);
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

import type { Suggestion } from '../../shared/contract/operations/suggestions.ts';
import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { type LocationId, locationKind } from '../../shared/domain/ids.ts';
import { eachPage } from '../../shared/domain/pages.ts';
import type { Quantity } from '../../shared/domain/quantity.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { keptOf, packOf } from '../../shared/domain/restock/kept.ts';
import { suggestSources } from '../../shared/domain/restock/suggest-source.ts';
import { whyOf } from '../../shared/domain/restock/why-of.ts';
import { isShort, type StockRow } from '../../shared/domain/stock.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition, EntryOf } from '../../shared/runtime/composition.ts';
import { giversOf } from './givers-of.ts';

/** Each asks for the rows of a district's outlets, and of the depots of its seller. */
const MOST = 20;

/** A moment's view of the givers: what their shelves bear is decided when the dispatch is recorded. */
export const getSuggestions = operation(contract.getSuggestions, async ({ path: { location }, query }, tools) => {
  const place = await tools.registry.entry(locationKind(location), location);
  if (!place) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
  for await (const { rows, next } of eachPage((after) => tools.stock.at(location, after), query.cursor)) {
    const short = await shortOf(rows, place.entry.sellers, tools);
    if (short.length === 0) continue;
    const [these, last] = [short.slice(0, MOST), short[MOST - 1]];
    const suggestions = await suggested(location, place.entry.district, these, tools);
    return ok({ location, suggestions, ...more(short.length > MOST && last ? [last.row.item] : next) });
  }
  return ok({ location, suggestions: [] });
});

type Short = { readonly row: StockRow; readonly item: EntryOf<'items'> };

/** What runs short, of sellers who trade here: of no other could it be sent. */
const shortOf = async (
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
    const { reorderPoint, target } = keptOf(row.plan, item.entry.reorderPoint);
    return isShort(row, reorderPoint) && row.onHand + row.inbound < target ? [{ row, item }] : [];
  });
};

const suggested = async (
  location: LocationId,
  district: Parameters<typeof suggestSources>[0]['district'],
  short: readonly Short[],
  tools: Composition,
): Promise<Suggestion[]> => {
  const giversFor = await giversOf(
    location,
    district,
    short.map(({ item }) => item),
    tools,
  );
  return short.map(({ row, item: { entry } }) => {
    const { item, onHand, inbound } = row;
    const plan = keptOf(row.plan, entry.reorderPoint);
    const wanting = { outlet: location, district, onHand, inbound, target: plan.target, pack: packOf(entry.units) };
    const sources = suggestSources(wanting, giversFor(item)).map(({ from, kind, quantity }) => ({
      ...{ from: from as LocationId, kind: kind as 'outlet' | 'depot', quantity: quantity as Quantity },
      dispatch: { kind: 'D' as const, to: location, lines: [{ item, quantity: quantity as Quantity }] },
    }));
    const { reorderPoint, target } = plan;
    const wanted = target - onHand - inbound;
    return { item, onHand, inbound, reorderPoint, target, wanted, why: whyOf(row, entry), sources };
  });
};

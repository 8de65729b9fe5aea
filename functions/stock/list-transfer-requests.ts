import { whyOf } from '../../shared/alerts/suggestion-reason.ts';
import { contract } from '../../shared/api/contract.ts';
import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Measure, measureOf } from '../../shared/kernel/units.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { more } from '../../shared/platform/query-parameters.ts';
import { wantingOf } from '../../shared/replenishment/sides.ts';
import { isNear, suggestSources } from '../../shared/replenishment/sourcing.ts';
import { type Ask, MOST_LINES } from '../../shared/replenishment/transfer-request-contract.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { type DemandingLocationsDeps, type Short, shortOf } from './demanding-locations.ts';
import { type SellersAtDeps, type Trading, tradingAnywhere } from './sellers-at.ts';
import { type Giving, givingAt, type SupplyAtDeps } from './supply-at.ts';
import { giversOf, locatedOf, type SupplyingLocationsDeps } from './supplying-locations.ts';

/** Receivers that are looked at together, short shelves for which all givers are weighed on a page, and shelves that are read for one. */
const [TOGETHER, MOST, MOST_READ] = [10, 40, 5_000];

type ListTransferRequestsDeps = { readonly stock: StockStore } & DemandingLocationsDeps &
  SellersAtDeps &
  SupplyAtDeps &
  SupplyingLocationsDeps;

/** The suggestions of those around that name this place, each receiver's together. Receivers are read until there is something to show, or enough was read for a page, be it empty. */
export const listTransferRequests = operation(
  contract.listTransferRequests,
  async ({ path: { location }, query }, deps: ListTransferRequestsDeps) => {
    const giving = await givingAt(location, deps);
    if (!giving) return refuse('NOT_FOUND', `The registry has no ${location}.`);
    const all = await tradingAnywhere(deps);
    const [after = ''] = query.cursor ?? [];
    const around = receiversOf(giving, all).filter(({ place }) => place > after);
    const transferRequests: Ask[] = [];
    let [weighed, read] = [0, 0];
    for (let at = 0; at < around.length; at += TOGETHER) {
      const these = around.slice(at, at + TOGETHER);
      const keys = keysAt(these, giving);
      read += keys.length;
      for (const [receiver, short] of await shortAt(these, keys, deps)) {
        transferRequests.push(...(await asksOf(receiver, short, { giving, all }, deps)));
        weighed += short.length;
      }
      const last = these.at(-1)?.place;
      const isMore = at + TOGETHER < around.length;
      const isFull = read >= MOST_READ || (transferRequests.length > 0 && weighed >= MOST);
      if (isMore && last && isFull) return ok({ location, transferRequests, ...more([last]) });
    }
    return ok({ location, transferRequests });
  },
);

/** Who may lack what this place has: an outlet is asked by those near it, a depot or a maker by all where their seller trades. */
const receiversOf = ({ at, items }: Giving, all: readonly Trading[]): Trading[] => {
  const sellers = new Set(items.values().map(({ entry }) => entry.seller));
  return all
    .filter(({ place }) => place !== at.place)
    .filter((one) => at.kind !== 'outlets' || isNear(one, at))
    .filter((one) => one.sellers.some((seller) => sellers.has(seller)))
    .sort((one, other) => (one.place < other.place ? -1 : 1));
};

type Key = { readonly location: Trading['place']; readonly item: ItemId };

/** Their shelves of what this place has. */
const keysAt = (receivers: readonly Trading[], { items }: Giving): Key[] =>
  receivers.flatMap(({ place, sellers }) =>
    [...items.values()]
      .filter(({ entry }) => sellers.includes(entry.seller))
      .map(({ id }) => ({ location: place, item: id as ItemId })),
  );

/** What of it they run short of. */
const shortAt = async (
  receivers: readonly Trading[],
  keys: readonly Key[],
  deps: ListTransferRequestsDeps,
): Promise<[Trading, Short[]][]> => {
  const rows = Map.groupBy(await deps.stock.among(keys), (row) => row.location);
  const found: [Trading, Short[]][] = [];
  for (const receiver of receivers) {
    const short = await shortOf(rows.get(receiver.place) ?? [], receiver.sellers, deps);
    if (short.length > 0) found.push([receiver, short]);
  }
  return found;
};

type Line = Ask['lines'][number] & { readonly seller: SellerId; readonly measure: Measure };

/** What one receiver is to have from here, by the same reckoning as its own suggestions; of each seller a dispatch, since a terminal is one seller's. */
const asksOf = async (
  receiver: Trading,
  short: readonly Short[],
  { giving: { at, spare }, all }: { readonly giving: Giving; readonly all: readonly Trading[] },
  deps: ListTransferRequestsDeps,
): Promise<Ask[]> => {
  const items = short.map(({ item }) => item);
  const giversFor = await giversOf(receiver, items, all, deps);
  const lines = short.flatMap(({ row, item: { entry } }): Line[] => {
    const { item } = row;
    const sources = suggestSources(wantingOf(locatedOf(receiver), row, entry), giversFor(item));
    const mine = sources.find(({ from }) => from === at.place);
    const left = spare.get(item);
    if (!mine) return [];
    return [
      {
        ...{ item, quantity: mine.quantity as Quantity, why: whyOf(row, entry), seller: entry.seller },
        measure: measureOf(mine.quantity, { unit: entry.unit, units: entry.units ?? [] }),
        ...(left !== undefined && { spare: left }),
      },
    ];
  });
  return [...Map.groupBy(lines, ({ seller }) => seller)].map(([seller, same]) => askOf(receiver, seller, same));
};

const askOf = ({ place: to, name, district }: Trading, seller: SellerId, lines: readonly Line[]): Ask => {
  const sent = lines.toSorted((one, other) => (one.item < other.item ? -1 : 1)).slice(0, MOST_LINES);
  return {
    ...{ to, name, district, seller },
    lines: sent.map(({ seller: _seller, measure: _measure, ...line }) => line),
    dispatch: { kind: 'D', to, lines: sent.map(({ item, measure }) => ({ item, quantity: measure })) },
  };
};

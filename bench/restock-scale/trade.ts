import { toCloseItem } from '../../shared/day-close/close-item.ts';
import { type ClosedItem, type DayClose, Hash } from '../../shared/day-close/day-close.ts';
import type { ItemId, ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day, Instant } from '../../shared/kernel/time.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import { seededRandom } from '../../test/kit/random.ts';
import type { State } from './state.ts';

const PRICE = 89_900;
const HASH = Hash.parse('a'.repeat(64));
const COST = 50_000;
/** Shares of empty shelves and of shelves with one piece. */
const EMPTY = 0.01;
const ONE = 0.02;
/** Mean pieces a day on a shelf. */
const [SLOWEST, FASTEST] = [0.005, 0.035];

const chanceOf = (parts: readonly (string | number)[]) =>
  seededRandom(
    [...parts.join('/')].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261),
  ).next;

const onHandAt = (outlet: StockLocationId, items: readonly ItemId[]): number[] => {
  const chance = chanceOf(['shelf', outlet]);
  return items.map(() => {
    const drawn = chance();
    return drawn < EMPTY ? 0 : drawn < ONE ? 1 : 2 + Math.floor(chance() * 2);
  });
};

export function* rowsOf(outlets: readonly StockLocationId[], items: readonly ItemId[]): Generator<object> {
  for (const location of outlets) {
    const shelf = onHandAt(location, items);
    for (const [n, item] of items.entries()) {
      const onHand = shelf[n] ?? 0;
      yield { location, item, onHand, free: onHand, inbound: 0, version: 1 };
    }
  }
}

const soldAt = (outlet: StockLocationId, day: Day, items: readonly ItemId[], edition = 1) => {
  const [chance, shelf] = [chanceOf(['day', outlet, day, edition]), onHandAt(outlet, items)];
  return items.map((item, n) => {
    const onHand = shelf[n] ?? 0;
    const pace = SLOWEST + ((FASTEST - SLOWEST) * n) / items.length;
    return { item, onHand, sold: onHand > 0 && chance() < pace ? 1 : 0, exposure: onHand > 0 ? 1 : 0 };
  });
};

const closedItem = ({ item, onHand, sold, exposure }: ReturnType<typeof soldAt>[number]): ClosedItem =>
  ({
    item,
    onHand,
    average: COST * 1_000,
    value: onHand * COST,
    exposure,
    sold,
    amount: sold * PRICE,
    returned: 0,
    received: sold,
    dispatched: 0,
    issued: 0,
    writtenOff: 0,
    variance: 0,
    varianceValue: 0,
  }) as ClosedItem;

const closeOf = (state: State, at: number, { day, nth, edition = 1 }: Written): DayClose => {
  const outlet = state.outlets[at] as StockLocationId;
  const items = soldAt(outlet, day, state.items, edition).map(closedItem);
  const documents = { vouchers: 4, inHand: 0, tenders: [], sellers: [], terminals: [], shifts: [] };
  const closedAt = Instant.parse(`${addDays(day, 1)}T00:30:00.000Z`);
  const closeFields = { edition, sequence: nth, closedAt, books: HASH, hash: HASH };
  return { location: outlet, district: state.districtOf(at), day, ...documents, items, ...closeFields };
};

export type Written = { readonly day: Day; readonly nth: number; readonly edition?: number };

export function* closesOn(
  state: State,
  written: Written,
  from: Day,
  to: Day = written.day,
  outlets: Iterable<number> = state.outlets.keys(),
): Generator<object> {
  for (const at of outlets) {
    const close = toCloseItem(closeOf(state, at, written));
    const daybook = `${close.location}#${written.day}`;
    yield close;
    yield { daybook: close.daybook, entry: 'head', sequence: written.nth, hash: close.hash, from, to, unsealed: [] };
    yield { daybook, entry: 'S#7KQ2M#0001', claim: 'x'.repeat(500) };
  }
}

/** Computed here: writing closes takes too long. */
export const learned = (state: State, first: Day, days: number): DemandModel & { readonly day: Day } => {
  let [demandModel, day]: [DemandModel, Day] = [EMPTY_DEMAND_MODEL, first];
  for (let nth = 0; nth < days; nth++) {
    day = addDays(first, nth);
    const sold = state.outlets.flatMap((outlet): OutletProductSales[] =>
      soldAt(outlet, day, state.items).map(({ sold, exposure }, n) => ({
        outlet,
        product: state.products[n] as ProductId,
        sold,
        exposure,
      })),
    );
    demandModel = addDayToModel(demandModel, day, sold);
  }
  return { ...demandModel, day };
};

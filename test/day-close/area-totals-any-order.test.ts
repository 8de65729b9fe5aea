import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { type AreaId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addUp, negate, type Sum } from '../../shared/kernel/sum.ts';
import { addDays, Day } from '../../shared/kernel/time.ts';
import { basketId } from '../../shared/ledger/basket-store.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { latestCloseByDay } from '../kit/day-closes.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import type { Phone } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { counted, dispatched, openShop, phonesAt, receivedFrom, tookBack } from '../kit/shop.ts';
import { syncAndAdmit } from '../kit/sync-and-admit.ts';
import { tampererOf } from '../kit/tampering.ts';
import { readReportsAndAlerts, wholeNight } from '../kit/whole-night.ts';

let book: Book;
let counter: Phone;
let maker: Phone;

afterAll(() => book?.close());

it('Any admissible vouchers close, sum, report, list and reconcile with exact sums.', {
  tags: 'property',
}, async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      await opened();
      exchanges.clear();
      const shops = [await openShop(book), await openShop(book)];
      const before = await sumsOf(DAYS);
      const payments: TenderTotals[] = DAYS.map(() => ({ paid: [], given: [] }));
      for (const [at, day] of DAYS.entries()) {
        const begin = Date.parse(`${day}T05:00:00Z`);
        let minute = 0;
        const tick = () => clockAt(begin + ++minute * 60_000);
        for (const one of all.filter((each) => each.day === at)) {
          const shop = shops[one.shop];
          const money = payments[at];
          if (!shop || !money) throw new Error('there are two of each');
          await live(one, shop.location, shop.phones[0] as Phone, money, tick);
        }
      }
      clockAt(START);
      await wholeNight([...shops.map(({ location }) => location), DEPOT, 'P0042']);
      const { alerts } = await readReportsAndAlerts(book, FIRST, DAYS[1] as Day);
      expect(alerts.filter(({ type }) => type === 'drift' || type === 'failed')).toEqual([]);

      for (const [location, left] of exchanges) {
        const basket = await allStores().baskets.find(StockLocationId.parse(location), basketId(BASKET));
        expect(basket?.left).toBe(left);
        const alert = alerts.find(({ type, location: at }) => type === 'exchange' && at === location);
        expect(alert?.figures).toEqual(
          left < 0 ? expect.objectContaining({ basket: BASKET, uncovered: negate(left) }) : undefined,
        );
        if (left >= 0) continue;
        const settling = { path: { location, basket: basketId(BASKET) }, body: { why: 'it is so' } };
        const settled = await book.admin.settleExchange({ ...settling, ifMatch: basket?.version ?? 0 });
        expect(expectOk(settled)).toMatchObject({ left, settled: { uncovered: negate(left) } });
      }

      const after = await sumsOf(DAYS);
      for (const [at, { paid, given }] of payments.entries())
        expect(after[at]).toEqual({
          paid: addUp([before[at]?.paid ?? 0, ...paid]),
          given: addUp([before[at]?.given ?? 0, ...given]),
        });
      for (const { location } of shops)
        for (const { items } of (await latestCloseByDay(location)).values())
          for (const { onHand, average, value } of items)
            expect(BigInt(value)).toBe((2n * BigInt(average) * BigInt(Math.max(0, onHand)) + 1_000n) / 2_000n);
    }),
    { numRuns: runs(6), endOnFailure: true },
  );
});

/** Paid and given back in the state, by its totals. */
const sumsOf = (days: readonly Day[]) =>
  Promise.all(
    days.map(async (day) => {
      const { sellers = [] } = (await allStores().totals.find('state' as AreaId, day)) ?? {};
      return {
        paid: addUp(sellers.map(({ amount }) => amount)),
        given: addUp(sellers.map(({ refunded }) => refunded)),
      };
    }),
  );

/** As if earlier vouchers had left it so. */
const setBasket = (location: string, left: Sum) =>
  tampererOf(book).change('Ledger', { daybook: `${location}#baskets`, entry: basketId(BASKET) }, ({ version }) => ({
    left,
    version: Number(version) + 1,
  }));

const live = async (
  one: ShopEvent,
  location: string,
  phone: Phone,
  money: TenderTotals,
  tick: () => void,
): Promise<void> => {
  const say = async (...[says, by = phone, at = location]: [Parameters<Phone['write']>[0], Phone?, string?]) => {
    tick();
    const written = by.write(says);
    await syncAndAdmit(book, at, [written]);
    return written;
  };
  switch (one.kind) {
    case 'sale': {
      const quantity = Math.floor(one.quantity);
      const amount = quantity * MRP;
      const line = { item: ITEM, quantity };
      const sale = await say({
        kind: 'S',
        lines: [{ ...line, unitPrice: MRP }],
        payments: [{ tender: 'cash', amount }],
      });
      money.paid.push(amount);
      if (!one.takenBack) return;
      const refund = [{ tender: 'cash', amount }];
      await say({ ...tookBack(sale.number, { line: 1, ...line }), reason: 'mistake', refund });
      money.given.push(amount);
      return;
    }
    case 'return of nothing': {
      tick();
      const never = phone.write({ kind: 'S' });
      const refund = one.refunds.map((amount) => ({ tender: 'upi', amount }));
      await say({ ...tookBack(never.number, { line: 1, item: ITEM, quantity: 1 }), refund });
      money.given.push(...one.refunds);
      return;
    }
    case 'receipt': {
      const lines = [{ item: ITEM, quantity: one.quantity, unitCost: one.unitCost }];
      await say({ kind: 'R', from: { supplier: 'Chikan Samiti' }, lines });
      return;
    }
    case 'exchange': {
      const amount = Math.floor(one.pieces) * MRP;
      const exchanged = [{ tender: 'exchange', amount }];
      const line = { item: ITEM, quantity: Math.floor(one.pieces) };
      if (one.spends) {
        await say({ kind: 'S', lines: [{ ...line, unitPrice: MRP }], payments: exchanged, basket: BASKET });
        money.paid.push(amount);
      } else {
        tick();
        const never = phone.write({ kind: 'S' });
        await say({ ...tookBack(never.number, { line: 1, ...line }), refund: exchanged, basket: BASKET });
        money.given.push(amount);
      }
      const change = one.spends ? -amount : amount;
      const before = exchanges.get(location) ?? (one.spends ? -EARLIER_EXCHANGES : EARLIER_EXCHANGES);
      if (!exchanges.has(location)) await setBasket(location, addUp([before, change]));
      exchanges.set(location, addUp([before, change]));
      return;
    }
    case 'count': {
      await say(counted({ item: ITEM, quantity: one.quantity }));
      return;
    }
    case 'lot': {
      const { quantity } = one;
      const sent = await say(dispatched(DEPOT, { item: BAMBOO, quantity }), maker, 'P0042');
      const line = { item: BAMBOO, quantity, lot: 'SIL-1' };
      const receipt = await say(receivedFrom(sent.number, line), counter, DEPOT);
      if (one.counted) await say(counted({ item: BAMBOO, quantity: MOST - 1 }), counter, DEPOT);
      if (one.undone) await say(tookBack(receipt.number, { line: 1, item: BAMBOO, quantity }), counter, DEPOT);
    }
  }
};

const ITEM = 'LKO-KURTA-01';

const DAY = 24 * 3_600_000;

const FIRST = Day.parse('2026-11-19');

const DAYS = [0, 1].map((after) => addDays(FIRST, after));

/** The most of a line, in base units; and of an amount, in paise. */
const [MOST, MOST_PAISE, MRP] = [100_000_000, 1_000_000_000_000, 99_900];

/** A book for each life: a clock that goes back would record into days that are closed. */
const opened = async (): Promise<void> => {
  await book?.close();
  book = await openBook();
  clockAt(START - 4 * DAY);
  await openDepot(book);
  [counter] = (await phonesAt(book, DEPOT, 'PBT1')).phones as [Phone];
  [maker] = (await phonesAt(book, 'P0042', 'PBT1')).phones as [Phone];
};

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

const large = (most: number) =>
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: Math.ceil(most / 2), max: Math.floor(most) }));

const exchange = fc.record({
  kind: fc.constant('exchange' as const),
  pieces: large(MOST_PAISE / MRP - 1),
  spends: fc.boolean(),
});

const shopEvents = fc.oneof(
  exchange,
  fc.record({ kind: fc.constant('sale' as const), quantity: large(MOST_PAISE / MRP - 1), takenBack: fc.boolean() }),
  fc.record({
    kind: fc.constant('return of nothing' as const),
    refunds: fc.array(large(MOST_PAISE), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('receipt' as const), quantity: large(MOST), unitCost: large(MOST_PAISE) }),
  fc.record({ kind: fc.constant('count' as const), quantity: fc.oneof(fc.constant(0), large(MOST)) }),
  fc.record({ kind: fc.constant('lot' as const), quantity: large(MOST), counted: fc.boolean(), undone: fc.boolean() }),
);

/** Paise that 900 exchanges before a test left in its baskets: the most that a `number` holds. */
const EARLIER_EXCHANGES = Number.MAX_SAFE_INTEGER;

const BASKET = 'B-7';

type ShopEvent =
  typeof shopEvents extends fc.Arbitrary<infer One> ? One & { readonly day: number; readonly shop: number } : never;

const dated = (one: typeof shopEvents) =>
  fc.tuple(one, fc.nat(1), fc.nat(1)).map(([event, day, shop]) => ({ ...event, day, shop }));

/** The last event spends by exchange, so that every run passes a basket's 2^53. */
const lives = fc
  .tuple(
    fc.array(dated(shopEvents), { minLength: 2, maxLength: 9 }),
    dated(exchange.map((one) => ({ ...one, spends: true }))),
  )
  .map(([all, last]) => [...all, last]);

/** Payments and refunds that the phones wrote down, in their order. */
type TenderTotals = { paid: Sum[]; given: Sum[] };

const exchanges = new Map<string, Sum>();

import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { addUp, type Sum } from '../../shared/kernel/sum.ts';
import { addDays, Day } from '../../shared/kernel/time.ts';
import { type Book, openBook } from '../kit/book.ts';
import { bringSurely } from '../kit/bringing.ts';
import { START } from '../kit/clock.ts';
import { latestAt } from '../kit/closing.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { counted, dispatched, openShop, phonesAt, receivedFrom, type ShopPhone, tookBack } from '../kit/shop.ts';
import { readWhole, wholeNight } from '../kit/whole.ts';

const ITEM = 'LKO-KURTA-01';
const DAY = 24 * 3_600_000;
const FIRST = Day.parse('2026-11-19');
const DAYS = [0, 1].map((after) => addDays(FIRST, after));
/** The most of a line, in base units; and of an amount, in paise. */
const [MOST, MOST_PAISE, MRP] = [100_000_000, 1_000_000_000_000, 99_900];
let book: Book;
let counter: ShopPhone;
let maker: ShopPhone;
/** A book for each life: a clock that goes back would record into days that are closed. */
const opened = async (): Promise<void> => {
  await book?.close();
  book = await openBook();
  clockAt(START - 4 * DAY);
  await openDepot(book);
  [counter] = (await phonesAt(book, DEPOT, 'PBT1')).phones as [ShopPhone];
  [maker] = (await phonesAt(book, 'P0042', 'PBT1')).phones as [ShopPhone];
};
afterAll(() => book?.close());

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

const large = (most: number) =>
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: Math.ceil(most / 2), max: Math.floor(most) }));
const did = fc.oneof(
  fc.record({ kind: fc.constant('sale' as const), quantity: large(MOST_PAISE / MRP - 1), takenBack: fc.boolean() }),
  fc.record({
    kind: fc.constant('return of nothing' as const),
    refunds: fc.array(large(MOST_PAISE), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('receipt' as const), quantity: large(MOST), unitCost: large(MOST_PAISE) }),
  fc.record({ kind: fc.constant('count' as const), quantity: fc.oneof(fc.constant(0), large(MOST)) }),
  fc.record({ kind: fc.constant('lot' as const), quantity: large(MOST), counted: fc.boolean(), undone: fc.boolean() }),
);

type Did = typeof did extends fc.Arbitrary<infer One> ? One & { readonly day: number; readonly shop: number } : never;
const lives = fc.array(
  fc.tuple(did, fc.nat(1), fc.nat(1)).map(([one, day, shop]) => ({ ...one, day, shop })),
  { minLength: 2, maxLength: 9 },
);

/** What the phones write down of it, in its order, and what of money it is: paid and given back. */
type Told = { paid: Sum[]; given: Sum[] };

it('any admissible vouchers close, sum, report, list alerts and reconcile, and the sums are exact', async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      await opened();
      const shops = [await openShop(book), await openShop(book)];
      const before = await sumsOf(DAYS);
      const told: Told[] = DAYS.map(() => ({ paid: [], given: [] }));
      for (const [at, day] of DAYS.entries()) {
        const begin = Date.parse(`${day}T05:00:00Z`);
        let minute = 0;
        const tick = () => clockAt(begin + ++minute * 60_000);
        for (const one of all.filter((each) => each.day === at)) {
          const shop = shops[one.shop];
          const money = told[at];
          if (!shop || !money) throw new Error('there are two of each');
          await live(one, shop.location, shop.phones[0] as ShopPhone, money, tick);
        }
      }
      clockAt(START);
      await wholeNight([...shops.map(({ location }) => location), DEPOT, 'P0042']);
      const { alerts } = await readWhole(book, FIRST, DAYS[1] as Day);
      expect(alerts.filter(({ type }) => type === 'drift' || type === 'failed')).toEqual([]);

      const after = await sumsOf(DAYS);
      for (const [at, { paid, given }] of told.entries())
        expect(after[at]).toEqual({
          paid: addUp([before[at]?.paid ?? 0, ...paid]),
          given: addUp([before[at]?.given ?? 0, ...given]),
        });
      for (const { location } of shops)
        for (const { items } of (await latestAt(location)).values())
          for (const { onHand, average, value } of items)
            expect(BigInt(value)).toBe((2n * BigInt(average) * BigInt(Math.max(0, onHand)) + 1_000n) / 2_000n);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 600_000);

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

const live = async (one: Did, location: string, phone: ShopPhone, money: Told, tick: () => void): Promise<void> => {
  const say = async (
    ...[says, by = phone, at = location]: [Parameters<ShopPhone['write']>[0], ShopPhone?, string?]
  ) => {
    tick();
    const written = by.write(says);
    await bringSurely(book, at, [written]);
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
    case 'count': {
      await say(counted({ item: ITEM, quantity: one.quantity }));
      return;
    }
    case 'lot': {
      const { quantity } = one;
      const sent = await say(dispatched(DEPOT, { item: BAMBOO, quantity }), maker, 'P0042');
      const line = { item: BAMBOO, quantity, lot: 'SIL-1' };
      const receipt = await say(receivedFrom(sent.number, line as never), counter, DEPOT);
      if (one.counted) await say(counted({ item: BAMBOO, quantity: MOST - 1 }), counter, DEPOT);
      if (one.undone) await say(tookBack(receipt.number, { line: 1, item: BAMBOO, quantity }), counter, DEPOT);
    }
  }
};

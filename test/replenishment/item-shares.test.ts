import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { outlierLimitOf } from '../../shared/replenishment/add-day-to-model.ts';
import { itemSharesOf } from '../../shared/replenishment/item-shares.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, sold } from '../kit/shop.ts';

const [FAST = '', SLOW = '', NEVER = ''] = kurtas(3);
const DAY = 24 * 3_600_000;
const DAYS = 16;
let book: Book;
afterEach(() => book.close());

it('Two items of one product share a demand rate, and each is planned by its share.', { tags: 'long' }, async () => {
  const both = await planned(() => ({ [FAST]: 4, [SLOW]: 1 }), [FAST, SLOW]);
  expect(both.products).toBe(1);
  const all = both.othersOf(FAST) + both.othersOf(SLOW);
  // 64 and 16 of 80, each with one more, so that what has not sold yet is not as if it never did.
  expect(both.othersOf(FAST) / all).toBeCloseTo(65 / 82, 1);
  expect(both.othersOf(SLOW) / all).toBeCloseTo(17 / 82, 1);
  expect(both.pointOf(FAST)).toBeGreaterThan(2 * both.pointOf(SLOW));
  expect(both.pointOf(SLOW)).toBeGreaterThan(0);
  await book.close();

  // Together about the need of one item with both sales. A split shelf runs out sooner, so never
  // less.
  const one = await planned(() => ({ [FAST]: 5 }), [FAST]);
  expect(one.othersOf(FAST)).toBeCloseTo(all, 0);
  const together = both.pointOf(FAST) + both.pointOf(SLOW);
  expect(together).toBeGreaterThanOrEqual(one.pointOf(FAST));
  expect(together).toBeLessThan(1.5 * one.pointOf(FAST));
});

it('An item that never sold beside one that did is kept low; without sales all are alike.', async () => {
  const { pointOf, othersOf } = await planned(() => ({ [FAST]: 5 }), [FAST, SLOW, NEVER]);
  expect(othersOf(SLOW)).toBe(othersOf(NEVER));
  expect(pointOf(SLOW)).toBe(pointOf(NEVER));
  expect(pointOf(SLOW)).toBeLessThanOrEqual(2);
  expect(othersOf(FAST)).toBeGreaterThan(40 * othersOf(SLOW));
});

it('The share follows the last four weeks, whose days count alike.', { tags: 'long' }, async () => {
  const { othersOf, pointOf } = await planned(
    (daysAgo) => (daysAgo > 8 ? { [FAST]: 4, [SLOW]: 1 } : { [FAST]: 1, [SLOW]: 4 }),
    [FAST, SLOW],
  );
  expect(othersOf(FAST)).toBe(othersOf(SLOW));
  expect(pointOf(FAST)).toBe(pointOf(SLOW));
});

it('One sale of 100 of one item leaves the items beside it more than half of their share.', async () => {
  const usual = { [FAST]: 1, [SLOW]: 1, [NEVER]: 1 };
  const { othersOf } = await planned(
    (daysAgo) => (daysAgo === 5 ? { ...usual, [FAST]: 100 } : usual),
    [FAST, SLOW, NEVER],
  );
  const all = othersOf(FAST) + othersOf(SLOW) + othersOf(NEVER);
  expect(othersOf(SLOW) / all).toBeGreaterThan(0.5 / 3);
  expect(othersOf(NEVER)).toBe(othersOf(SLOW));
});

const ITEMS = ['A', 'B', 'C', 'D'] as ItemId[];
const soldInADay = fc.array(fc.nat(30), { minLength: ITEMS.length, maxLength: ITEMS.length });
const toDay = (sold: readonly number[]) => new Map(ITEMS.map((item, at) => [item, sold[at] ?? 0]));

it("One odd day of any size lowers no other item's share s to less than s * T / (T + L).", () => {
  fc.assert(
    fc.property(
      fc.array(soldInADay, { minLength: 1, maxLength: 28 }),
      fc.nat(27),
      fc.integer({ min: 1, max: 100_000_000 }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.constantFrom(1, 1_000),
      (sold, day, odd, mean, piece) => {
        const limit = outlierLimitOf(mean, piece);
        const usual = sold.map((one) => toDay(one.map((quantity) => quantity * piece)));
        const changed = usual.map((one, at) =>
          at === day % usual.length ? new Map(one).set(ITEMS[0] as ItemId, odd) : one,
        );
        const counted = usual.flatMap((one) => [...one.values()]).map((quantity) => Math.min(quantity, limit));
        const all = counted.reduce((sum, quantity) => sum + quantity, ITEMS.length * piece);
        const shelf = { items: ITEMS, mean, piece };
        const before = itemSharesOf(shelf, usual);
        const after = itemSharesOf(shelf, changed);
        for (const item of ITEMS.slice(1)) {
          const least = ((before.get(item) ?? 0) * all) / (all + limit);
          expect(after.get(item)).toBeGreaterThanOrEqual(least * (1 - 1e-9));
        }
        expect([...after.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      },
    ),
  );
});

it('Shares are equal without sales, by the piece and by the kilogram.', () => {
  for (const piece of [1, 1_000])
    expect([...itemSharesOf({ items: ITEMS, mean: 0, piece }, []).values()]).toEqual([0.25, 0.25, 0.25, 0.25]);
});

type Sold = Readonly<Record<string, number>>;

/** A stall that had these items of one product all along, and sold so many of each a day. */
const planned = async (aDay: (daysAgo: number) => Sold, items: readonly string[]) => {
  book = await openBook();
  const { location, phones, rows } = await openShop(book, [0], 50);
  const [phone] = phones as [Phone];
  const goods = received(...items.map((item) => ({ item, quantity: 400 })));
  const written = Array.from({ length: DAYS }, (_, day) => {
    const lines = Object.entries(aDay(DAYS - day)).map(([item, quantity]) => ({ item, quantity }));
    return phone.write(sold(...lines), START - (DAYS - day) * DAY);
  });
  const all = [phone.write(goods, START - (DAYS + 1) * DAY), ...written];
  for (const { outcome } of expectOk(await phone.sync(all)).outcomes) expect(outcome).toBe('recorded');
  await closeAt(location);
  await workOff('update-demand-model', 'state');
  await workOff('plan-replenishment', location);
  const head = await allStores().paces.head();
  const known = head && (await allStores().paces.snapshot(head, head.day));
  const plans = new Map([...(await rows()).values()].map(({ item, plan }) => [String(item), plan]));
  return {
    products: known?.products.length,
    pointOf: (item: string) => plans.get(item)?.reorderPoint ?? -1,
    othersOf: (item: string) => plans.get(item)?.pace?.othersPerWeek ?? -1,
  };
};

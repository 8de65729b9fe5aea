import { afterEach, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { FestivalId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, sold } from '../kit/shop.ts';

const [ITEM = ''] = kurtas(1);
const DAY = 24 * 3_600_000;
const TODAY = '2026-11-22' as Day;
const DAYS = 16;
let books: Book[] = [];
afterEach(async () => {
  for (const book of books) await book.close();
  books = [];
});

it('A festival raises the plan beforehand and says so, not when over or far.', async () => {
  const stall = await sellingStall(() => 2);
  await stall.night();
  const usual = await stall.plan();
  expect(usual.season).toBeUndefined();

  await stall.festival(60, 66, 3);
  await stall.replan();
  expect(await stall.plan()).toEqual(usual);

  await stall.festival(0, 7, 3, {}, 1);
  await stall.replan();
  const festive = await stall.plan();
  expect(festive.season).toBe(3);
  expect(festive.reorderPoint).toBeGreaterThan(2 * usual.reorderPoint);
  // The reorder point covers the festival; the delivery is for the days after it.
  expect(festive.target - festive.reorderPoint).toBe(usual.target - usual.reorderPoint);
  const [row] = expectOk(await stall.client.getLocationStock({ path: { location: stall.location } })).stock;
  expect(row?.plan?.pace?.season).toBe(3);

  await stall.festival(-8, -1, 3, {}, 2);
  await stall.replan();
  expect(await stall.plan()).toEqual(usual);
});

it('A festival raises its own craft and district only.', { tags: 'long' }, async () => {
  const stall = await sellingStall(() => 2);
  await stall.night();
  const usual = await stall.plan();
  const others = [{ craft: 'Brass' }, { district: 'PBT' }, { craft: 'craft', district: 'PBT' }];
  for (const [at, of] of others.entries()) {
    await stall.festival(0, 7, 3, of, at === 0 ? undefined : at);
    await stall.replan();
    expect(await stall.plan()).toEqual(usual);
  }
  await stall.festival(0, 7, 3, { craft: 'craft', district: 'LKO' }, others.length);
  await stall.replan();
  expect((await stall.plan()).reorderPoint).toBeGreaterThan(usual.reorderPoint);
});

it('Its sales do not raise the demand rate; entered afterwards it changes no model.', { tags: 'long' }, async () => {
  const rush = (daysAgo: number) => (daysAgo <= 4 ? 6 : 2);
  const steady = await sellingStall(() => 2);
  await steady.night();
  const [usual, usually] = [await steady.plan(), await steady.product()];

  const planned = await sellingStall(rush);
  await planned.festival(-4, -1, 3);
  await planned.night();
  expect(await planned.product()).toBeCloseTo(usually, 10);
  expect(Math.abs((await planned.plan()).reorderPoint - usual.reorderPoint)).toBeLessThanOrEqual(1);

  const untold = await sellingStall(rush);
  await untold.night();
  const [risen, raised] = [await untold.product(), await untold.plan()];
  expect(risen).toBeGreaterThan(1.3 * usually);
  expect(raised.reorderPoint).toBeGreaterThan(usual.reorderPoint + 1);
  await untold.festival(-4, -1, 3);
  await untold.night();
  expect([await untold.product(), await untold.plan()]).toEqual([risen, raised]);
});

const LIVELY = (daysAgo: number) => (daysAgo <= 4 ? 8 : 2);

it('After a festival its sales calibrate the next of its name, and an officer sees both.', {
  tags: 'long',
}, async () => {
  const stall = await sellingStall(LIVELY);
  await stall.festival(-4, -1, 2);
  await stall.nextYear(1, 6, 2);
  await stall.night();
  const all = await stall.festivals();
  const [past, next] = [all.get(FestivalId.parse('DIWALI-2026')), all.get(FestivalId.parse('DIWALI-2027'))];
  expect(past).toMatchObject({ factor: 2, planned: 2, taughtBy: [], seen: { sold: 32 } });
  expect(past?.seen?.expected).toBeGreaterThan(4);
  expect(past?.seen?.expected).toBeLessThan(10);
  const taught = (50 * 2 + 32) / (50 + (past?.seen?.expected ?? 0));
  expect(past?.seen?.factor).toBeCloseTo(taught, 2);
  expect(next).toMatchObject({ factor: 2, planned: past?.seen?.factor, taughtBy: ['DIWALI-2026'] });
  expect(next?.seen).toBeUndefined();

  // As if that factor had been entered, and nothing been learned.
  const learned = await stall.plan();
  expect(learned.season).toBeGreaterThan(1.9);
  const secondStall = await sellingStall(LIVELY);
  await secondStall.festival(-4, -1, 2, { name: 'Deepavali' });
  await secondStall.nextYear(1, 6, taught);
  await secondStall.night();
  expect(await secondStall.plan()).toEqual(learned);
  const untold = await sellingStall(LIVELY);
  await untold.festival(-4, -1, 2, { name: 'Deepavali' });
  await untold.nextYear(1, 6, 2);
  await untold.night();
  expect((await untold.plan()).season).toBeLessThan(learned.season ?? 0);
});

it('A second calibration is the same; late vouchers and edited days are included.', { tags: 'long' }, async () => {
  const stall = await sellingStall(LIVELY);
  await stall.festival(-4, -1, 2);
  await stall.night();
  const sample = async () => (await stall.festivals()).get(FestivalId.parse('DIWALI-2026'))?.seen;
  const first = await sample();
  await stall.night();
  expect(await sample()).toEqual(first);

  const late = stall.phone.write(sold({ item: ITEM, quantity: 5 }), START - 3 * DAY + 60_000);
  expect(expectOk(await stall.phone.sync([late])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  await stall.close();
  await stall.night();
  expect(await sample()).toMatchObject({ sold: 37, expected: first?.expected });

  await stall.festival(-4, -2, 2, {}, 1);
  expect(await sample()).toBeUndefined();
  await stall.night();
  expect(await sample()).toMatchObject({ sold: 29 });
});

it('Unrelated, unfinished and too early festivals teach nothing.', { tags: 'long' }, async () => {
  const stall = await sellingStall(LIVELY);
  const sample = async () => (await stall.festivals()).get(FestivalId.parse('DIWALI-2026'))?.seen;
  for (const [at, [from, to, of, sees]] of (
    [
      [-4, -1, { district: 'PBT' }, { sold: 0, expected: 0 }],
      [-4, -1, { craft: 'Brass' }, { sold: 0, expected: 0 }],
      [-4, -1, { craft: 'craft', district: 'LKO' }, { sold: 32 }],
      [-4, 0, {}, undefined],
      [-12, -1, {}, undefined],
    ] as const
  ).entries()) {
    await stall.festival(from, to, 2, of, at === 0 ? undefined : at);
    await stall.night();
    if (sees) expect(await sample()).toMatchObject(sees);
    else expect(await sample()).toBeUndefined();
  }
});

/** A stall that sold so many a day, the last day last. */
const sellingStall = async (aDay: (daysAgo: number) => number) => {
  const book = await openBook();
  books.push(book);
  const { client, location, phones, rows } = await openShop(book, [0], 30);
  const [phone] = phones as [Phone];
  const sales = Array.from({ length: DAYS }, (_, day) =>
    phone.write(sold({ item: ITEM, quantity: aDay(DAYS - day) }), START - (DAYS - day) * DAY),
  );
  const all = [phone.write(received({ item: ITEM, quantity: 300 }), START - (DAYS + 1) * DAY), ...sales];
  for (const { outcome } of expectOk(await phone.sync(all)).outcomes) expect(outcome).toBe('recorded');
  await closeAt(location);
  const replan = () => workOff('plan-replenishment', location);
  return {
    client,
    location,
    festival: async (from: number, to: number, factor: number, more: object = {}, ifMatch?: number) => {
      const days = { from: addDays(TODAY, from), to: addDays(TODAY, to) };
      const body = { name: 'Diwali', nameHi: 'दीवाली', ...days, factor, ...more };
      const path = { kind: 'festivals', id: 'DIWALI-2026' } as const;
      expectOk(await book.admin.putEntry({ path, body, ...(ifMatch !== undefined && { ifMatch }) }));
    },
    /** The next one of its name, so many days from now. */
    nextYear: async (from: number, to: number, factor: number, more: object = {}) => {
      const days = { from: addDays(TODAY, from), to: addDays(TODAY, to) };
      const path = { kind: 'festivals', id: 'DIWALI-2027' } as const;
      expectOk(
        await book.admin.putEntry({ path, body: { name: 'Diwali', nameHi: 'दीवाली', ...days, factor, ...more } }),
      );
    },
    festivals: async () => {
      const officer = await book.as('officer', 'district:LKO');
      return new Map(expectOk(await officer.listFestivals({})).festivals.map((one) => [one.festival, one]));
    },
    phone,
    close: () => closeAt(location),
    replan,
    night: async () => {
      await workOff('update-demand-model', 'state');
      await replan();
    },
    plan: async () => {
      const { reorderPoint = -1, target = -1, pace } = (await rows()).get(ITEM)?.plan ?? {};
      return { reorderPoint, target, season: pace?.season };
    },
    /** The pace of one product. */
    product: async () => {
      const head = await allStores().paces.head();
      const known = head && (await allStores().paces.snapshot(head, head.day));
      return known?.products.map(([, sales, exposed]) => sales / exposed)[0] ?? -1;
    },
  };
};

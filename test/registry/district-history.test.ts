import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { addDays, Day, startOfIstDay } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { closeAt } from '../kit/day-closes.ts';
import { workOff } from '../kit/jobs.ts';
import type { Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { openShop, PRICE, type Shop, sold } from '../kit/shop.ts';

const ITEM = 'LKO-KURTA-01';
const HOUR = 3_600_000;
const DISTRICTS = ['LKO', 'PBT'] as const;

const FIRST = Day.parse('2026-11-18');
const DAYS = [0, 1, 2, 3].map((after) => addDays(FIRST, after));
const BEGIN = Date.parse(startOfIstDay(FIRST));

const book = useBook();

it('An outlet that moves stays in its old district for the days before, even for late vouchers.', async () => {
  clockAt(BEGIN + 10 * HOUR);
  const [moves, stays] = [await openShop(book), await openShop(book)];
  await bring(moves, write(moves, 100));
  await bring(stays, write(stays, 16));
  const late = write(moves, 1);
  const lateToo = write(stays, 1);
  clockAt(BEGIN + 25 * HOUR);
  for (const { location } of [moves, stays]) await closeAt(location);
  await sum();
  await move(moves, 'PBT');
  await bring(moves, late);
  await bring(stays, lateToo);
  for (const { location } of [moves, stays]) await closeAt(location);
  await sum();
  expect([await amountIn('LKO', FIRST), await amountIn('PBT', FIRST), await amountIn('state', FIRST)]).toEqual([
    118 * PRICE,
    0,
    118 * PRICE,
  ]);
});

it('A day first closed after the move belongs to the district at its end.', async () => {
  const day = addDays(FIRST, 1);
  clockAt(Date.parse(startOfIstDay(day)) + 10 * HOUR);
  const shop = await openShop(book);
  const before = await Promise.all(['LKO', 'PBT'].map((area) => amountIn(area, day)));
  await bring(shop, write(shop, 7));
  clockAt(Date.parse(startOfIstDay(day)) + 24.1 * HOUR);
  await move(shop, 'PBT');
  clockAt(Date.parse(startOfIstDay(day)) + 49 * HOUR);
  await closeAt(shop.location);
  await sum();
  const after = await Promise.all(['LKO', 'PBT'].map((area) => amountIn(area, day)));
  expect(after.map((amount, at) => amount - (before[at] ?? 0))).toEqual([7 * PRICE, 0]);
});

const write = ({ phones }: Shop, quantity: number): Written => {
  const [phone] = phones;
  if (!phone) throw new Error('a shop has a phone');
  return phone.write(sold({ item: ITEM, quantity }));
};

/** Two stalls. A sale arrives at its hour or `late` hours after. Some nights close and sum. */
const lives = fc.record({
  sales: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 95 }),
      late: fc.constantFrom(0, 0, 20, 50),
      shop: fc.nat(1),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 2, maxLength: 8 },
  ),
  moves: fc.array(fc.record({ at: fc.integer({ min: 0, max: 120 }), shop: fc.nat(1) }), { maxLength: 5 }),
  nights: fc.subarray([1, 2, 3, 4, 5]),
});

it('Districts and state agree with the truth for any times of moves and late vouchers.', {
  tags: 'property',
}, async () => {
  await fc.assert(
    fc.asyncProperty(lives, async ({ sales, moves, nights }) => {
      clockAt(BEGIN - 30 * HOUR);
      const shops = [await openShop(book), await openShop(book)];
      const areas = [...DISTRICTS, 'state'];
      const figures = async () =>
        Object.fromEntries(
          await Promise.all(
            areas.flatMap((area) => DAYS.map(async (day) => [`${area} ${day}`, await amountIn(area, day)] as const)),
          ),
        );
      for (const { location } of shops) await closeAt(location);
      await sum();
      const before = await figures();

      const shopOf = (at: number) => shops[at] as Shop;
      const inDistrict: District[][] = shops.map(() => []);
      const now: District[] = ['LKO', 'LKO'];
      const steps = [
        ...sales.map((sale) => {
          let written: Written | undefined;
          return { hour: sale.at, order: 1, sale, written };
        }),
        ...moves.map((one) => ({ hour: one.at, order: 2, move: one })),
      ];
      const arrivals: { hour: number; shop: Shop; written: Written }[] = [];
      for (let hour = 0; hour <= 150; hour++) {
        clockAt(BEGIN + hour * HOUR);
        // A day ends in the district of its midnight.
        if (hour > 0 && hour % 24 === 0) for (const [at, all] of inDistrict.entries()) all.push(now[at] as District);
        for (const step of steps.filter((one) => one.hour === hour)) {
          if ('sale' in step) {
            const shop = shopOf(step.sale.shop);
            clockAt(BEGIN + hour * HOUR + 1_000 * (1 + arrivals.length));
            arrivals.push({ hour: hour + step.sale.late, shop, written: write(shop, step.sale.quantity) });
          } else {
            clockAt(BEGIN + hour * HOUR + 1_000);
            const to = now[step.move.shop] === 'LKO' ? 'PBT' : 'LKO';
            now[step.move.shop] = to;
            await move(shopOf(step.move.shop), to);
          }
        }
        clockAt(BEGIN + hour * HOUR + 60_000);
        for (const { shop, written } of arrivals.filter((one) => one.hour === hour)) await bring(shop, written);
        if ((hour % 24 === 1 && nights.includes(Math.floor(hour / 24))) || hour === 150) {
          for (const { location } of shops) await closeAt(location);
          await sum();
        }
      }

      const truth = { ...before };
      for (const { at, shop, quantity } of sales) {
        const which = Math.floor(at / 24);
        const day = DAYS[which];
        for (const area of [inDistrict[shop]?.[which], 'state'])
          truth[`${area} ${day}`] = (truth[`${area} ${day}`] ?? 0) + quantity * PRICE;
      }
      expect(await figures()).toEqual(truth);
    }),
    { numRuns: runs(10), endOnFailure: true },
  );
});

type District = (typeof DISTRICTS)[number];

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

const move = async ({ location }: Shop, district: District) => {
  const path = { kind: 'outlets', id: location } as const;
  const admin = await book.as('admin', 'state');
  const { version, entry } = expectOk(await admin.getEntry({ path }));
  expectOk(await admin.putEntry({ path, body: { ...entry, district }, ifMatch: version }));
};

const amountIn = async (area: string, day: Day): Promise<number> => {
  const totals = await allStores().totals.find(area as AreaId, day);
  return Number(totals?.sellers.reduce((sum, { amount }) => sum + Number(amount), 0) ?? 0);
};

const sum = async () => {
  for (const area of [...DISTRICTS, 'state']) await workOff('sum-days', area);
};

/** Signed in anew: a token lasts a day, and the clock goes on. */
const bring = async ({ location }: Shop, written: Written) => {
  const client = await book.as('outlet', `location:${location}`);
  const body = { vouchers: [written] };
  for (const { outcome } of expectOk(await client.syncVouchers({ path: { location }, body })).outcomes)
    expect(outcome).toBe('recorded');
};

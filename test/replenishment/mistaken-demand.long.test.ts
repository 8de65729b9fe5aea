/** @module-tag long */
import { afterEach, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';

const [ITEM = ''] = kurtas(1);
const DAY = 24 * 3_600_000;
const DAYS = 18;

let book: Book | undefined;
afterEach(() => book?.close());

it('A mistyped sale, reversed at any time, leaves every reorder point as if it had not been.', async () => {
  const usual = await tradeWith(async () => undefined);
  expect(usual.flat().map((plan) => plan?.reorderPoint)).toEqual(expect.arrayContaining([expect.any(Number)]));

  const sameDay = await tradeWith(async ({ phone }) => {
    const { sale, back } = slip(phone, 0);
    await bring(phone, [sale, back]);
  });
  expect(sameDay).toEqual(usual);

  const daysLater = await tradeWith(async ({ phone }, stalls) => {
    const { sale, back } = slip(phone, 4);
    await bring(phone, [sale]);
    // The days are closed and folded with the mistake in them, before it is known to be one.
    await night(stalls);
    expect(await plansOf(stalls)).not.toEqual(usual);
    await bring(phone, [back]);
  });
  expect(daysLater).toEqual(usual);
}, 120_000);

const at = (daysAgo: number, seconds = 0) => START - daysAgo * DAY + seconds * 1_000;

/** Six stalls that sell about two a week, each told to the book by its phone. */
const openStalls = async () => {
  book = await openBook();
  const stalls: { shop: Shop; phone: Phone; all: Written[] }[] = [];
  for (let n = 0; n < 6; n++) {
    const shop = await openShop(book, [0], 40);
    const [phone] = shop.phones as [Phone];
    const days = Array.from({ length: DAYS }, (_, day) => DAYS - day).filter((day) => (2 * (day + n)) % 7 < 2);
    const sales = days.map((day) => phone.write(sold({ item: ITEM, quantity: 1 }), at(day)));
    stalls.push({ shop, phone, all: [phone.write(received({ item: ITEM, quantity: 30 }), at(DAYS + 1)), ...sales] });
  }
  return stalls;
};

type Stalls = Awaited<ReturnType<typeof openStalls>>;

const bring = async (phone: Phone, all: readonly Written[]) => {
  for (const { outcome } of expectOk(await phone.sync(all)).outcomes) expect(outcome).toBe('recorded');
};

const night = async (stalls: Stalls) => {
  for (const { shop } of stalls) await closeAt(shop.location);
  await workOff('update-demand-model', 'state');
  for (const { shop } of stalls) await workOff('plan-replenishment', shop.location);
};

const plansOf = (stalls: Stalls) =>
  Promise.all(stalls.map(async ({ shop }) => [...(await shop.rows()).values()].map(({ plan }) => plan)));

/** The same trade; and one stall mistypes a sale that is taken back so many days later. */
const tradeWith = async (mistaken: (stall: Stalls[number], stalls: Stalls) => Promise<void>) => {
  const stalls = await openStalls();
  for (const { phone, all } of stalls) await bring(phone, all);
  const [first] = stalls as [Stalls[number]];
  await mistaken(first, stalls);
  await night(stalls);
  const plans = await plansOf(stalls);
  await book?.close();
  book = undefined;
  return plans;
};

const slip = (phone: Phone, takenBackAfter: number) => {
  const sale = phone.write(sold({ item: ITEM, quantity: 150 }), at(9));
  const back = phone.write(
    { ...tookBack(sale.number, { line: 1, item: ITEM, quantity: 150 }), reason: 'mistake' },
    at(9 - takenBackAfter, 1),
  );
  return { sale, back };
};

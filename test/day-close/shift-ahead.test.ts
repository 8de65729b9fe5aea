import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestAt } from '../kit/closing.ts';
import { closed, openShop, PRICE, received, type ShopPhone, sold } from '../kit/shop.ts';

const [MINUTE, DAY] = [60_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
let book: Book;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

it('A first shift closed before midnight by a fast phone covers its time from the beginning.', async () => {
  const shop = await openShop(book, [-20 * MINUTE], 20);
  const [phone] = shop.phones as [ShopPhone];
  const sells = (quantity: number, days: number) => phone.write(sold({ item, quantity }), START + days * DAY);
  const beforeMidnight = Date.parse('2026-11-20T23:50:00+05:30');
  const written = [
    phone.write(received({ item, quantity: 50 }), START - 7 * DAY),
    ...[sells(2, -7), sells(1, -2)],
    phone.write(closed(0, { cash: 3 * PRICE }), beforeMidnight),
  ];
  const { outcomes } = expectOk(await phone.bring(written));
  expect(outcomes.at(-1)).toMatchObject({ voucher: { outcome: { over: [{ tender: 'cash', amount: 0 }] } } });
  await closeAt(shop.location);
  const close = (await latestAt(shop.location)).get('2026-11-21');
  expect(close?.shifts).toMatchObject([{ over: [{ tender: 'cash', amount: 0 }] }]);
});

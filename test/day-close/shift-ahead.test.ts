import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import type { Phone } from '../kit/phone.ts';
import { closed, openShop, PRICE, received, sold } from '../kit/shop.ts';

const [MINUTE, DAY] = [60_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
const book = useBook();

it('A first shift closed before midnight by a fast phone covers its time from the beginning.', async () => {
  const shop = await openShop(book, [-20 * MINUTE], 20);
  const [phone] = shop.phones as [Phone];
  const sells = (quantity: number, days: number) => phone.write(sold({ item, quantity }), START + days * DAY);
  const beforeMidnight = Date.parse('2026-11-20T23:50:00+05:30');
  const written = [
    phone.write(received({ item, quantity: 50 }), START - 7 * DAY),
    sells(2, -7),
    sells(1, -2),
    phone.write(closed(0, { cash: 3 * PRICE }), beforeMidnight),
  ];
  const { outcomes } = expectOk(await phone.sync(written));
  expect(outcomes.at(-1)).toMatchObject({ voucher: { outcome: { over: [{ tender: 'cash', amount: 0 }] } } });
  await closeAt(shop.location);
  const close = (await latestCloseByDay(shop.location)).get('2026-11-21');
  expect(close?.shifts).toMatchObject([{ over: [{ tender: 'cash', amount: 0 }] }]);
});

import { expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { closed, counted, openShop, PRICE, received, sold, tookBack } from '../kit/shop.ts';

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
const book = useBook();

it('A shift of many days covers all of them, with late vouchers and a count between.', async () => {
  const { shop, phone, other, bring, sells, over } = await opened();
  await bring(phone.write(received({ item, quantity: 50 }), at(-10)));
  await bring(phone.write(closed(0, { cash: 0 }), at(-8)));
  await bring(sells(2, -6), other.write(sold({ item, quantity: 9 }), at(-6)));
  await bring(phone.write(counted({ item, quantity: 30 }), at(-4)));
  await bring(phone.write(closed(100, { cash: 5 * PRICE }), at(-1)));
  await closeAt(shop.location);
  expect(await over()).toEqual([3 * PRICE - 100]);

  const late = sells(1, -5);
  await bring(late);
  await closeAt(shop.location);
  expect(await over()).toEqual([2 * PRICE - 100]);

  await bring(phone.write(tookBack(late.number, { line: 1, item, quantity: 1 }), at(-3)));
  await closeAt(shop.location);
  expect(await over()).toEqual([3 * PRICE - 100]);

  // A close between the two that comes late is where the shift began.
  await bring(phone.write(closed(0, { cash: 0 }), at(-5) + HOUR));
  await closeAt(shop.location);
  expect(await over()).toEqual([5 * PRICE - 100 + PRICE]);
  const found = await reconcileLocation(StockLocationId.parse(shop.location), 'the whole book', allStores());
  expect(found.drifts).toEqual([]);
});

it('A first shift that began days ago covers its time from the beginning.', async () => {
  const { shop, phone, bring, sells, over } = await opened();
  await bring(phone.write(received({ item, quantity: 50 }), at(-7)), sells(2, -7), sells(1, -2));
  await bring(phone.write(closed(0, { cash: 3 * PRICE }), at(-1)));
  await closeAt(shop.location);
  expect(await over()).toEqual([0]);
  await bring(sells(1, -6));
  await closeAt(shop.location);
  expect(await over()).toEqual([-PRICE]);
});

const at = (days: number) => START + days * DAY;

/**
 * A shift of a week, closed on 21 November. A count on the 18th keeps later stock independent of
 * what came before.
 */
const opened = async () => {
  const shop = await openShop(book, [0, 0], 20);
  const [phone, other] = shop.phones as [Phone, Phone];
  const bring = async (...written: Written[]) => {
    const { outcomes } = expectOk(await phone.sync(written));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(written.map(() => 'recorded'));
  };
  const sells = (quantity: number, days: number) => phone.write(sold({ item, quantity }), at(days));
  const over = async () =>
    (await latestCloseByDay(shop.location)).get('2026-11-21')?.shifts.map(({ over: [cash] }) => cash?.amount);
  return { shop, phone, other, bring, sells, over };
};

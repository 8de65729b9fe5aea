import { expect, it } from 'vitest';
import { useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { counted, openShop, received } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const item = 'LKO-KURTA-01';
const book = useBook();

const sheetOf = (quantity: number) => ({ ...counted({ item, quantity }), count: 'evening' });

it('A second sheet with an item of the first is refused live and held when synced.', async () => {
  const shop = await openShop(book);
  await recordLive(shop, received({ item, quantity: 7 }));
  book.clock.forward(60);
  const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;
  await recordLive(shop, sheetOf(4));
  book.clock.forward(60);
  const store = phoneOf(shop).write(sheetOf(3));
  expect(outcomeOf(await phoneOf(shop).live(store))).toBe('409 COUNTED_TWICE');
  expect(await syncAt(shop, store)).toMatchObject([{ outcome: 'held', problem: { code: 'COUNTED_TWICE' } }]);
  expect(await syncAt(shop, phoneOf(shop).write(sheetOf(3), at(-65)))).toMatchObject([{ outcome: 'held' }]);
  expect(await shop.onHand()).toEqual({ [item]: 4 });
});

it('One sheet of another count with the total sets the stock on hand.', async () => {
  const shop = await openShop(book);
  await recordLive(shop, sheetOf(4));
  book.clock.forward(60);
  await recordLive(shop, { ...sheetOf(7), count: 'evening, total' });
  expect(await shop.onHand()).toEqual({ [item]: 7 });
});

import { expect, it } from 'vitest';
import { useBook } from '../kit/book.ts';
import { holdToContract } from '../kit/declared.ts';
import { counted, openShop, received } from '../kit/shop.ts';
import { bring, phoneOf, tell } from '../kit/telling.ts';
import { outcomeOf } from '../kit/wire.ts';

holdToContract();

const item = 'LKO-KURTA-01';
const book = useBook();

const sheetOf = (quantity: number) => ({ ...counted({ item, quantity }), count: 'evening' });

it('A second sheet with an item of the first is refused live and held when synced.', async () => {
  const shop = await openShop(book);
  await tell(shop, received({ item, quantity: 7 }));
  book.clock.forward(60);
  const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;
  await tell(shop, sheetOf(4));
  book.clock.forward(60);
  const store = phoneOf(shop).write(sheetOf(3));
  expect(outcomeOf(await phoneOf(shop).live(store))).toBe('409 COUNTED_TWICE');
  expect(await bring(shop, store)).toMatchObject([{ outcome: 'held', problem: { code: 'COUNTED_TWICE' } }]);
  expect(await bring(shop, phoneOf(shop).write(sheetOf(3), at(-65)))).toMatchObject([{ outcome: 'held' }]);
  expect(await shop.onHand()).toEqual({ [item]: 4 });
});

it('One sheet of another count with the total sets the stock on hand.', async () => {
  const shop = await openShop(book);
  await tell(shop, sheetOf(4));
  book.clock.forward(60);
  await tell(shop, { ...sheetOf(7), count: 'evening, total' });
  expect(await shop.onHand()).toEqual({ [item]: 7 });
});

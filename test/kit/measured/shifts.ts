import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import type { Phone } from '../phone.ts';
import { closed, counted, handedOver, openShop, received, type Shop, sold } from '../shop.ts';
import type { Measured } from './measured.ts';

const DAY = 24 * 3_600_000;

/** Closes of shifts, each at a stall of its own. */
export const shiftOperations = (book: Book): readonly Measured[] => {
  const { clock } = book;
  const lines = kurtas(1).map((item) => ({ item, quantity: 1 }));
  let shop: Shop;
  let phone: Phone;
  const now = () => Date.parse(clock.now());
  const open = async () => {
    shop = await openShop(book, [0]);
    [phone] = shop.phones as [Phone];
    expectOk(
      await phone.sync([phone.write(received(...lines), now() - DAY), phone.write(closed(0, {}), now() - DAY + 1)]),
    );
  };
  const sell = (sales: number) => async () => {
    await open();
    expectOk(await phone.sync(Array.from({ length: sales }, (_, n) => phone.write(sold(...lines), now() - 1_000 - n))));
  };
  let sheets: string[] = [];
  const count = async () => {
    await open();
    const written = [3, 2, 1].map((ago) =>
      phone.write(counted({ item: lines[0]?.item ?? '', quantity: 1 }), now() - ago),
    );
    expectOk(await phone.sync(written));
    sheets = written.map(({ number }) => number);
  };
  return [
    {
      name: 'close a shift of 20 sales, a day after the one before it',
      prepare: sell(20),
      run: async () => expectOk(await phone.live(phone.write(closed(0, { cash: 1 }, { last: [] })))),
    },
    {
      name: 'hand over a stall with 3 count sheets and its terminal',
      prepare: count,
      run: async () => expectOk(await phone.live(phone.write(handedOver(sheets, { [phone.terminal]: [] })))),
    },
    {
      name: "read a terminal's numbers, a week of which one day has 20 vouchers",
      prepare: sell(20),
      run: async () =>
        expectOk(await shop.client.getNumbers({ path: { location: shop.location, terminal: phone.terminal } })),
    },
  ];
};

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Book, done, openBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestAt } from '../kit/closing.ts';
import { holdToContract } from '../kit/declared.ts';
import { closed, handedOver, openShop, received, type Shop, type ShopPhone, type Written } from '../kit/shop.ts';

holdToContract();

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
let book: Book;
let shop: Shop;
let phone: ShopPhone;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());
beforeEach(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [ShopPhone];
});

const goods = (at?: number) => phone.write(received({ item, quantity: 5 }), at);
/** Of the same kind and day, with another serial. */
const like = ({ number }: Written, serial: string) => `${number.slice(0, 12)}${serial}`;

describe.each([
  ['the close of a shift', 'last.0', (last: string[]) => closed(0, { cash: 0 }, { last })],
  ['a hand-over', 'terminals.0.last.0', (last: string[]) => handedOver([], { [phone.terminal]: last })],
])('a last number that was mistyped in %s', (_what, path, says) => {
  const tried = (last: string) => phone.live(phone.write(says([last])));

  it('is refused live, with what the book has; what it may not have seen yet is believed', async () => {
    const written = goods();
    expect(await tried(like(written, '9999'))).toMatchObject({
      problem: {
        code: 'INVALID_REQUEST',
        fields: [{ path, problem: 'the book has none of that kind and day: say the last number that the phone shows' }],
      },
    });
    done(await phone.live(written));
    const second = goods();
    done(await phone.live(second));
    const beyond = (count: number) => like(second, String(Number(second.number.slice(12)) + count).padStart(4, '0'));
    const has = `the last that the book has of that kind and day is ${second.number}`;
    expect(await tried(beyond(501))).toMatchObject({
      problem: { fields: [{ path, problem: `${has}: say the last number that the phone shows` }] },
    });
    expect(await tried(beyond(500))).toMatchObject({ ok: true });
  });

  it('is kept as it was captured, and hides nothing: what truly lacks is asked for, and no more', async () => {
    const [first, lacks, third] = [2, 3, 4].map((hours) => goods(START - 2 * DAY + hours * HOUR));
    const last = phone.write(says([like(first as Written, '9999')]), START - 2 * DAY + 6 * HOUR);
    const brought = done(await phone.bring([first, third, last].map((one) => one as Written)));
    expect(brought.outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
    await closeAt(shop.location);
    const missing = [lacks?.number];
    expect((await latestAt(shop.location)).get('2026-11-20')?.terminals).toMatchObject([
      { terminal: phone.terminal, state: 'missing', missing: expect.arrayContaining(missing) },
    ]);
    const path = { location: shop.location, terminal: phone.terminal };
    const told = done(await shop.client.getNumbers({ path })).missing.filter((number) => number.includes('R'));
    expect(told.filter((number) => number.startsWith(`${phone.terminal}R`))).toEqual(
      expect.arrayContaining([lacks?.number]),
    );
    expect(told.length).toBeLessThan(5);
    done(await phone.bring([lacks as Written]));
    await closeAt(shop.location);
    const [{ state, missing: left = [] } = {}] = (await latestAt(shop.location)).get('2026-11-20')?.terminals ?? [];
    expect([state, left.filter((number) => number[5] === 'R')]).not.toEqual(['proven', []]);
  });
});

import { beforeEach, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START as NOW } from '../kit/clock.ts';
import { allClosesAt, closeAt, closeContents, latestCloseByDay } from '../kit/day-closes.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { errorsLogged } from '../kit/logs.ts';
import { adjusted, counted, openShop, PRICE, received, sold, tookBack } from '../kit/shop.ts';

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const KURTA = 'LKO-KURTA-01';
const STOLE = 'LKO-KURTA-02';
/** Four days before the clock. A token is valid for an hour after its time, and before. */
const START = NOW - 4 * DAY;
const [WEDNESDAY, THURSDAY, FRIDAY, SATURDAY] = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
const { client, watch } = watchedClient(inject('endpoint'));
const book = useBook({ client });
beforeEach(() => {
  watch({});
  book.clock.set(new Date(NOW).toISOString());
});

it('A day is closed once it is over: sales, balances, value, exposure.', async () => {
  const shop = await opened();
  const [phone] = shop.phones as [(typeof shop.phones)[0]];
  await phone.insist(
    phone.write(received({ item: KURTA, quantity: 5, unitCost: 6_000 }, { item: STOLE, quantity: 1 })),
  );
  const sale = phone.write(sold({ item: KURTA, quantity: 2 }, { item: STOLE, quantity: 1 }));
  await phone.insist(sale);
  await phone.insist(phone.write(tookBack(sale.number, { item: KURTA, quantity: 1, line: 1 })));
  await closeAt(shop.location);
  expect((await latestCloseByDay(shop.location)).get(WEDNESDAY)).toBeUndefined();
  night(1);
  await closeAt(shop.location);
  night(2);
  await closeAt(shop.location);
  const closes = await latestCloseByDay(shop.location);
  const { client } = shop;
  const dayOf = async (day: string, query = {}) =>
    expectOk(await client.getDay({ path: { location: shop.location, day }, query }));
  expect((await dayOf(WEDNESDAY)).close).toEqual(closes.get(WEDNESDAY));
  expect((await dayOf(WEDNESDAY, { ending: '0001' })).close).toBeUndefined();
  expect((await dayOf(FRIDAY)).close).toBeUndefined();
  expect(closes.get(WEDNESDAY)).toMatchObject({
    vouchers: 3,
    inHand: 0,
    edition: 1,
    tenders: [{ tender: 'cash', taken: 3 * PRICE, given: PRICE }],
    sellers: [{ seller: 'LKO1', sales: 1, amount: 3 * PRICE, refunds: 1, refunded: PRICE }],
    items: [
      { item: KURTA, onHand: 4, average: 6_000_000, value: 24_000, sold: 2, returned: 1, received: 5, exposure: 0 },
      { item: STOLE, onHand: 0, value: 0, sold: 1, amount: PRICE, received: 1, exposure: 0 },
    ],
    terminals: [{ terminal: phone.terminal, state: 'missing' }],
  });
  expect(closes.get(THURSDAY)).toMatchObject({
    vouchers: 0,
    items: [
      { item: KURTA, onHand: 4, value: 24_000, sold: 0, exposure: 1 },
      { item: STOLE, onHand: 0, exposure: 0 },
    ],
  });
});

it('A late voucher reopens its day and the days that depend on it, and no others.', async () => {
  const shop = await opened();
  const [phone] = shop.phones as [(typeof shop.phones)[0]];
  await phone.insist(phone.write(received({ item: KURTA, quantity: 5 })));
  const late = phone.write(adjusted('lost', { item: KURTA, quantity: 2 }), START + HOUR);
  clockAt(START + DAY);
  await phone.insist(phone.write(counted({ item: KURTA, quantity: 2 })));
  night(4);
  await closeAt(shop.location);
  expect((await latestCloseByDay(shop.location)).get(THURSDAY)).toMatchObject({ items: [{ onHand: 2, variance: -3 }] });
  await phone.sync([late]);
  await closeAt(shop.location);
  await closeAt(shop.location);
  const closes = await allClosesAt(shop.location);
  expect(closes.map(({ day, edition, sequence }) => [day, edition, sequence])).toEqual([
    [WEDNESDAY, 1, 1],
    [THURSDAY, 1, 2],
    [FRIDAY, 1, 3],
    [SATURDAY, 1, 4],
    [WEDNESDAY, 2, 5],
    [THURSDAY, 2, 6],
  ]);
  expect(closes.at(-2)).toMatchObject({ items: [{ onHand: 3, writtenOff: 2 }] });
  expect(closes.at(-1)).toMatchObject({ items: [{ onHand: 2, variance: -1 }] });
});

it('A voucher committed while a close is written is in this edition or the next.', async () => {
  const shop = await opened();
  const [phone] = shop.phones as [(typeof shop.phones)[0]];
  await phone.insist(phone.write(received({ item: KURTA, quantity: 5 })));
  const late = [1, 2].map((hours) => phone.write(sold({ item: KURTA, quantity: 1 }), START + hours * HOUR));
  night(2);
  const waiting = [...late];
  watch({
    before: async ({ says }) => {
      const next = says.includes('#closes') ? waiting.shift() : undefined;
      if (next) await phone.sync([next]);
    },
  });
  await closeAt(shop.location);
  await closeAt(shop.location);
  const closes = await latestCloseByDay(shop.location);
  expect(closes.get(WEDNESDAY)).toMatchObject({ vouchers: 3, items: [{ onHand: 3, sold: 2 }] });
  expect(closes.get(THURSDAY)).toMatchObject({ items: [{ onHand: 3 }] });
});

it('Concurrent closes, and one that dies at any write, give the same result.', async () => {
  const shop = await opened();
  const [phone] = shop.phones as [(typeof shop.phones)[0]];
  await phone.insist(phone.write(received({ item: KURTA, quantity: 5 })));
  const late = phone.write(sold({ item: KURTA, quantity: 2 }), START + HOUR);
  night(3);
  await Promise.all([closeAt(shop.location), closeAt(shop.location)]);
  await phone.sync([late]);
  errorsLogged();
  for (const when of ['before', 'after', 'before', 'after', 'before', 'after'] as const) {
    watch({
      [when]: ({ says }: { says: string }) => {
        if (says.includes('#closes') || says.includes('#reopened')) throw new Error('the process died');
      },
    });
    await closeAt(shop.location).catch(() => undefined);
  }
  watch({});
  await closeAt(shop.location);
  const closes = await allClosesAt(shop.location);
  expect(closes.map(({ sequence }) => sequence)).toEqual(closes.map((_, at) => at + 1));
  expect(closes.map(({ before }) => before)).toEqual([undefined, ...closes.slice(0, -1).map(({ hash }) => hash)]);
  const latest = [...(await latestCloseByDay(shop.location)).values()].map(closeContents);
  expect(latest.map(({ items }) => items[0]?.onHand)).toEqual([3, 3, 3]);
  expect(closes.map(({ day }) => day)).toEqual([WEDNESDAY, THURSDAY, FRIDAY, WEDNESDAY, THURSDAY, FRIDAY]);
});

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

/** 00:30 in India, after so many days. */
const night = (days: number) => clockAt(START - 10 * HOUR + days * DAY);

/** Opened now; then it is four days ago. */
const opened = async () => {
  const shop = await openShop(book);
  clockAt(START);
  return shop;
};

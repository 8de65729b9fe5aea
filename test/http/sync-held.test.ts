import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { steppedClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { adjusted, counted, openShop, phonesAt, received, type Shop, sold } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

const [item = '', second = ''] = kurtas(2);
const { client, booksReadBy } = steppedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
const book = useBook({ client });
beforeAll(async () => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
  const prices = [{ from: '2027-01-01', price: 100, mrp: 100, gstBasisPoints: 500 }];
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id: 'LKO-NEXT-YEAR' }, body: { ...entry, prices } }));
});
beforeEach(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

const HOUR = 3_600;

describe('An inadmissible offline voucher is held, moves nothing, and is in no day book', () => {
  it.each(HELD)('%s', async (_says, code, write) => {
    const sent = write();
    const outcomes = expectOk(await phone.sync([phone.write(one(), at(-60)), sent])).outcomes;
    expect(outcomes.map(outcomeText)).toEqual(['recorded', `held ${code}`]);
    const { held } = expectOk(await shop.client.listHeld({ path: { location: shop.location } }));
    expect(held).toMatchObject([
      {
        number: sent.number,
        claim: sent.claim,
        location: shop.location,
        state: 'held',
        version: 1,
        problem: { code, detail: expect.stringMatching(/\.$/) },
      },
    ]);
    expect(outcomes[1]).toMatchObject({ number: sent.number, held: held[0]?.held, state: 'held' });
    const path = { location: shop.location, number: sent.number };
    expect(outcomeOf(await shop.client.getVoucher({ path }))).toBe('404 NOT_FOUND');

    // The same again, by a phone whose clock was put right, is the same held voucher.
    const again = expectOk(await behind(1_000, sent)).outcomes;
    expect(again).toEqual([outcomes[1]]);
    expect(expectOk(await shop.client.listHeld({ path: { location: shop.location } })).held).toEqual(held);
    expect(await expectBookMatchesStock(shop.client, shop.location)).toHaveLength(1);
  });

  it('A sale at a depot is held, since a depot cannot sell.', async () => {
    const { client: depot, phones } = await phonesAt(book, 'PBE-D1', 'PBT1');
    const sale = phones[0]?.write({
      kind: 'S',
      lines: [{ item: 'PBT-BAMBOO', quantity: 1, unitPrice: 1 }],
      payments: [{ tender: 'cash', amount: 1 }],
    });
    const { outcomes } = expectOk(await (phones[0] as Phone).sync([sale as Written]));
    expect(outcomes.map(outcomeText)).toEqual(['held FORBIDDEN']);
    const [outcome] = outcomes;
    if (outcome?.outcome !== 'held') throw new Error('held');
    const path = { location: 'PBE-D1', held: outcome.held };
    const settle = () => book.admin.settleHeld({ path, body: { do: 'admit', why: 'it was sold' }, ifMatch: 1 });
    expect(await settle()).toMatchObject({
      problem: { code: 'STILL_HELD', detail: expect.stringMatching(/^FORBIDDEN/) },
    });
    expect(expectOk(await depot.getLocationStock({ path: { location: 'PBE-D1' } })).stock).toEqual([]);
  });
});

describe('Device whose clock is off by', () => {
  it.each([
    ['a year', 365 * 24 * HOUR],
    ['a hundred years', 36_525 * 24 * HOUR],
    ['twelve hours and a second', 12 * HOUR + 1],
    ['years to come', -7_972 * 365 * 24 * HOUR],
  ])('%s: everything it sends is held.', async (_says, seconds) => {
    const vouchers = [phone.write(one()), phone.write({ kind: 'S', cancelled: 'torn' }, at(-60))];
    expect(expectOk(await behind(seconds * 1_000, ...vouchers)).outcomes.map(outcomeText)).toEqual([
      'held CLOCK_OFF',
      'held CLOCK_OFF',
    ]);
    expect(await expectBookMatchesStock(shop.client, shop.location)).toEqual([]);
    // Sent again by the right time, nothing stands against it.
    expect(expectOk(await phone.sync(vouchers)).outcomes.map(outcomeText)).toEqual(['recorded', 'recorded']);
  });

  it.each([
    ['twelve hours less the error of the measurement, slow', -12 * HOUR + 1],
    ['twelve hours less the error of the measurement, fast', 12 * HOUR - 1],
    ['a minute', 60],
  ])('%s: its time is corrected.', async (_says, seconds) => {
    const sale = phone.write(one(), at(seconds - 30));
    const { outcomes } = expectOk(await behind(-seconds * 1_000, sale));
    expect(outcomes).toMatchObject([{ outcome: 'recorded', voucher: { admission: { skew: -seconds * 1_000 } } }]);
    expect(await expectBookMatchesStock(shop.client, shop.location)).toHaveLength(1);
  });
});

describe('A reset clock does not delay others: no years of day books are read for a count of', () => {
  const DAYS = ['2000-01-01', '2015-01-01', '2069-12-31', '2099-12-31'].map((day) => `${day}T05:00:00Z`);
  const NO_NUMBERS = ['1970-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];

  it.each([...DAYS, ...NO_NUMBERS])('%s', async (occurredAt) => {
    const { number, claim } = phone.write(
      counted({ item, quantity: 1 }),
      DAYS.includes(occurredAt) ? Date.parse(occurredAt) : at(0),
    );
    const sheet = { number, claim: { ...claim, occurredAt } };
    const sale = phone.write(adjusted('lost', { item: second, quantity: 1 }), at(-10));
    const read = await booksReadBy(async () => {
      const outcomes = expectOk(await phone.sync([sale, sheet])).outcomes.map(outcomeText);
      expect(outcomes).toEqual(['recorded', expect.stringMatching(/^held (CLOCK_OFF|NUMBER_MISMATCH)$/)]);
      expect(outcomeOf(await phone.live(sheet))).toMatch(/^422 (CLOCK_OFF|NUMBER_MISMATCH)$/);
    });
    expect(read).toEqual([]);
    expect(await expectBookMatchesStock(shop.client, shop.location)).toHaveLength(1);
  });
});

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const one = () => sold({ item, quantity: 1 });

const renumbered = (kind: string, { number, claim }: Written): Written => ({
  number: `${number.slice(0, 5)}${kind}${number.slice(6)}`,
  claim,
});

/** By a phone that measured that its clock is so many milliseconds behind. */
const behind = (skew: number, ...vouchers: Written[]) =>
  shop.client.syncVouchers({
    path: { location: shop.location },
    body: { vouchers: vouchers.map((one) => ({ ...one, clock: { skew, within: 40 } })) },
  });

type Case = readonly [says: string, code: string, write: () => Written];

const HELD: readonly Case[] = [
  ['an item that nobody knows', 'ITEM_UNKNOWN', () => phone.write(sold({ item: 'LKO-NONE', quantity: 1 }))],
  [
    'one such item among others',
    'ITEM_UNKNOWN',
    () => phone.write(received({ item, quantity: 1 }, { item: 'LKO-NONE', quantity: 1 })),
  ],
  ['no price yet', 'ITEM_NOT_PRICED', () => phone.write(sold({ item: 'LKO-NEXT-YEAR', quantity: 1 }))],
  [
    'more than the MRP',
    'PRICE_ABOVE_MRP',
    () =>
      phone.write({
        ...one(),
        lines: [{ item, quantity: 1, unitPrice: 99_901 }],
        payments: [{ tender: 'upi', amount: 99_901 }],
      }),
  ],
  [
    'a paisa too little',
    'PAYMENT_MISMATCH',
    () => phone.write({ ...one(), payments: [{ tender: 'cash', amount: 9_999 }] }),
  ],
  ["another seller's item", 'ITEM_OF_ANOTHER_SELLER', () => phone.write(sold({ item: 'LKO-ZARI-1', quantity: 1 }))],
  ['half a piece', 'QUANTITY_NOT_WHOLE', () => phone.write(counted({ item, quantity: '0.5 piece' }))],
  [
    'an item counted twice',
    'INVALID_REQUEST',
    () => phone.write(counted({ item, quantity: 1 }, { item, quantity: 2 })),
  ],
  ['a lot at a stall', 'LOT_WRONG', () => phone.write({ ...received(), lines: [{ item, quantity: 1, lot: 'L1' }] })],
  [
    'a producer whom nobody knows',
    'PRODUCER_UNKNOWN',
    () => phone.write({ ...received({ item, quantity: 1 }), from: { producer: 'P0404' } }),
  ],
  ['a number of another kind', 'NUMBER_MISMATCH', () => renumbered('R', phone.write(one()))],
  [
    'a number of another day',
    'NUMBER_MISMATCH',
    () => ({ ...phone.write(one()), number: phone.write(one(), at(-86_400)).number }),
  ],
  [
    'a cancelled number of another kind',
    'NUMBER_MISMATCH',
    () => renumbered('S', phone.write({ kind: 'A', cancelled: 'torn' })),
  ],
  [
    "another terminal's previous number",
    'NUMBER_MISMATCH',
    () => phone.write({ ...one(), previous: '00000S2611220001' }),
  ],
  [
    'itself as the previous',
    'NUMBER_MISMATCH',
    () => {
      const { number, claim } = phone.write(one());
      return { number, claim: { ...claim, previous: number } };
    },
  ],
  ['six minutes from now', 'CLOCK_OFF', () => phone.write(one(), at(360))],
  ['tomorrow', 'CLOCK_OFF', () => phone.write(one(), at(86_400))],
  ['a week ago, and its terminal is five days old', 'CLOCK_OFF', () => phone.write(one(), at(-7 * 86_400))],
  [
    'a kind that a stall does not have',
    'FORBIDDEN',
    () => phone.write({ kind: 'I', request: `${phone.terminal}Q2611220001`, lines: [{ item, quantity: 1 }] }),
  ],
];

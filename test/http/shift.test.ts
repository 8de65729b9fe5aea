import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { steppedClient } from '../kit/interceptor.ts';
import type { Phone } from '../kit/phone.ts';
import { closed, openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item = ''] = kurtas(1);
const stepped = steppedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
let other: Phone;
const book = useBook({ client: stepped.client });
beforeEach(async () => {
  shop = await openShop(book, [0, -200_000]);
  [phone, other] = shop.phones as [Phone, Phone];
  await say(received({ item, quantity: 50 }), -290);
});
afterEach(() => book.clock.set('2026-11-22T05:00:00Z'));

const say = async (says: Says, seconds: number, by = phone) => expectOk(await by.live(by.write(says, at(seconds))));

describe('Shift close', () => {
  it('It expects, by tender, float plus payments less refunds, deposits and expenses.', async () => {
    const { number } = await say(sale(5), -200);
    await say(sale(3, 'upi'), -190);
    await say(sale(1, 'card'), -180);
    await say(tookBack(number, { line: 1, item, quantity: 2 }), -170);
    await say(sale(7), -160, other);
    const shelf = await shop.rows();
    const { outcome } = await say(
      closed(
        20_000,
        { cash: 29_500, upi: 3 * PRICE },
        {
          deposits: [{ amount: 15_000, reference: 'SBI slip 118' }],
          expenses: [{ amount: 5_000, for: 'tea and string' }],
        },
      ),
      -100,
    );
    expect(outcome).toEqual({
      expected: inTill(20_000 + 3 * PRICE - 20_000, 3 * PRICE, PRICE),
      over: [
        { tender: 'cash', amount: -500 },
        { tender: 'upi', amount: 0 },
      ],
    });
    expect(await shop.rows()).toEqual(shelf);
  });

  it('It begins where the last one ended, for each terminal alone.', async () => {
    await say(sale(1), -200);
    const { number: after } = await say(closed(0, { cash: PRICE }), -190);
    await say(sale(2), -180);
    await say(sale(4), -170, other);
    expect((await say(closed(500, {}), -100)).outcome).toEqual({ after, expected: inTill(500 + 2 * PRICE), over: [] });
    const { outcome } = await say(closed(0, { cash: 4 * PRICE }), -90, other);
    expect(outcome).toEqual({ expected: inTill(4 * PRICE), over: [{ tender: 'cash', amount: 0 }] });
  });

  it('It counts exchanges in no till: a refund is spent in the same basket.', async () => {
    const { number } = await say(sale(2), -200);
    await say(closed(0, {}), -190);
    const refund = [{ tender: 'exchange', amount: 2 * PRICE }];
    await say({ ...tookBack(number, { line: 1, item, quantity: 2 }), refund, basket: 'B-7' }, -180);
    const payments = [
      { tender: 'exchange', amount: 2 * PRICE },
      { tender: 'upi', amount: PRICE },
    ];
    await say({ ...sold({ item, quantity: 3 }), payments, basket: 'B-7' }, -170);
    expect((await say(closed(0, {}), -100)).outcome).toMatchObject({ expected: inTill(0, PRICE) });
  });

  it('It keeps what was known: later sales and earlier closes change nothing.', async () => {
    await say(sale(1), -250);
    const first = await say(closed(0, { cash: 3 * PRICE }), -100);
    expect(first.outcome).toEqual({ expected: inTill(PRICE), over: [{ tender: 'cash', amount: 2 * PRICE }] });
    await bring(sale(2), -200);
    const between = await bring(closed(0, {}), -220);
    expect(between.outcome).toMatchObject({ expected: inTill(PRICE) });
    const again = await shop.client.getVoucher({ path: { location: shop.location, number: first.number } });
    expect(expectOk(again)).toEqual(first);
    expect((await say(closed(0, {}), -90)).outcome).toMatchObject({ after: first.number, expected: inTill(0) });
    // Synced last, it belongs between the first two and covers what lies between them.
    expect((await bring(closed(0, {}), -150)).outcome).toMatchObject({
      after: between.number,
      expected: inTill(2 * PRICE),
    });
  });

  it('It covers the sales at its decision; a concurrent sale belongs to the day close.', async () => {
    const late = phone.write(sale(2), at(-150));
    stepped.beforeNext('TransactWriteItems', async () => expectOk(await phone.live(late)));
    expect((await say(closed(0, {}), -100)).outcome).toMatchObject({ expected: inTill(0) });
    expect((await shop.onHand())[item]).toBe(48);
  });

  it('A repeat returns the first outcome despite later sales; other content is a conflict.', async () => {
    const shift = phone.write(closed(0, { cash: 0 }), at(-100));
    const first = expectOk(await phone.live(shift));
    await bring(sale(2), -200);
    const again = await phone.live(shift);
    expect([again.status, expectOk(again)]).toEqual([200, first]);
    expect(expectOk(await phone.sync([shift])).outcomes.map(outcomeText)).toEqual(['repeated']);
    const otherwise = { ...shift, claim: { ...shift.claim, float: 1 } };
    expect(outcomeOf(await phone.live(otherwise))).toBe('409 VOUCHER_CONFLICT');
  });

  it('It cannot be reversed; the next close corrects it.', async () => {
    const { number } = await say(closed(0, {}), -100);
    const back = phone.write(tookBack(number, { line: 1, item, quantity: 1 }), at(-50));
    expect(outcomeOf(await phone.live(back))).toBe('400 INVALID_REQUEST');
    expect(expectOk(await phone.sync([back])).outcomes.map(outcomeText)).toEqual(['held INVALID_REQUEST']);
  });

  it('A cancelled shift close closes nothing.', async () => {
    await say(sale(1), -200);
    await say({ kind: 'K', cancelled: 'miscounted' }, -150);
    expect((await say(closed(0, {}), -100)).outcome).toEqual({ expected: inTill(PRICE), over: [] });
  });
});

describe('Day books read for a shift close', () => {
  const DAY = 24 * 3_600;
  const booksReadBy = async (run: () => Promise<unknown>) =>
    (await stepped.booksReadBy(run)).filter((read) => /#20\d\d-/.test(read)).length;

  it.each([
    [0, 4],
    [1, 5],
    [3, 7],
  ])('With the last close %i days ago it reads %i day books.', async (days, books) => {
    await bring(sale(5), -days * DAY - 300);
    const { number: after } = await bring(closed(0, {}), -days * DAY - 250);
    await bring(sale(2), -days * DAY - 200);
    const shift = phone.write(closed(0, {}), at(-100));
    expect(await booksReadBy(() => phone.live(shift))).toBe(books);
    expect(expectOk(await phone.live(shift)).outcome).toEqual({ after, expected: inTill(2 * PRICE), over: [] });
  });

  it('Without an earlier close it reads the days since enrolment, at most a month.', async () => {
    expect(await booksReadBy(() => say(closed(0, {}), -100))).toBe(8);
    shop = await openShop(book, [0], 50);
    [phone] = shop.phones as [Phone];
    await bring(sale(1), -40 * DAY);
    await bring(sale(2), -30 * DAY);
    const shift = phone.write(closed(0, {}), at(-100));
    expect(await booksReadBy(() => phone.live(shift))).toBe(33);
    expect(expectOk(await phone.live(shift)).outcome).toEqual({ expected: inTill(2 * PRICE), over: [] });
  });
});

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const bring = async (says: Says, seconds: number, by = phone) => {
  const [outcome] = expectOk(await by.sync([by.write(says, at(seconds))])).outcomes;
  if (!outcome || !('voucher' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.voucher;
};

const sale = (quantity: number, tender = 'cash') => ({
  ...sold({ item, quantity }),
  payments: [{ tender, amount: quantity * PRICE }],
});

const inTill = (cash: number, upi = 0, card = 0) => [
  { tender: 'cash', amount: cash },
  { tender: 'upi', amount: upi },
  { tender: 'card', amount: card },
];

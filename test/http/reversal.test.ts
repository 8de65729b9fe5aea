import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrol, expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { adjusted, counted, openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let phone: Phone;
let other: Phone;
/** Three of one and two of another, sold from ten of each. */
let sale: string;
beforeAll(async () => {
  shop = await openShop(book, [0, 0]);
  [phone, other] = shop.phones as [Phone, Phone];
});
beforeEach(async () => {
  book.clock.forward(600);
  await say(counted({ item, quantity: 10 }, { item: second, quantity: 10 }), -290);
  ({ number: sale } = await say(sold({ item, quantity: 3 }, { item: second, quantity: 2 }), -280));
});

describe('Return', () => {
  it('Returns of parts of a line restore the goods, and never more than was sold.', async () => {
    expect(await say(returned(1))).toMatchObject({ outcome: { moved: [1], refunded: PRICE } });
    expect(await there()).toEqual([8, 8]);
    expect(await tried(returned(3))).toBe(EXCEEDED);
    expect(await tried(returned(2))).toBe(201);
    expect(await tried(returned(1))).toBe(EXCEEDED);
    expect(await tried(returned(2, 2))).toBe(201);
    expect(await there()).toEqual([10, 10]);
  });

  it('The answer gives the quantity left to return.', async () => {
    await say(returned(2));
    const answer = await phone.live(phone.write(returned(2)));
    expect(answer).toMatchObject({
      problem: { fields: [{ path: 'lines.0.quantity', problem: '1 of line 1 can still come back' }] },
    });
  });

  it('Each part refunds its exact share of the line and of its tax.', async () => {
    const lines = [{ item, quantity: 3, unitPrice: 89_900, discount: 100 }];
    sale = (await say({ kind: 'S', lines, payments: [{ tender: 'upi', amount: 269_600 }] })).number;
    const parts = [89_867, 89_866, 89_867];
    for (const due of parts) {
      expect(await tried({ ...returned(1), ...cash(due + 1) })).toBe('422 PAYMENT_MISMATCH');
      expect(await say({ ...returned(1), ...cash(due) })).toMatchObject({
        outcome: { refunded: due, tax: [{ gstBasisPoints: 500 }] },
      });
    }
    expect(parts.reduce((sum, one) => sum + one)).toBe(269_600);
  });

  /** A kurta of ₹850.00 with ₹85.40 off, rounded to ₹765.00 in cash. */
  const rounded = (quantity = 1) => ({
    kind: 'S',
    lines: [{ item, quantity, unitPrice: 85_000, discount: 8_540 * quantity }],
    roundOff: 40 * quantity,
    payments: [{ tender: 'cash', amount: 76_500 * quantity }],
  });

  it('A return of a whole sale refunds exactly what was paid, with rounding and tax.', async () => {
    const { outcome: was } = await say(rounded());
    sale = (await say(rounded())).number;
    const answer = await phone.live(phone.write({ ...returned(1), ...cash(76_460) }));
    expect(answer).toMatchObject({ problem: { code: 'PAYMENT_MISMATCH', due: 76_500, paid: 76_460 } });
    const { outcome } = await say({ ...returned(1), ...cash(76_500) });
    expect(outcome).toMatchObject({ refunded: 76_500, roundOff: 40, tax: 'tax' in was ? was.tax : [] });
  });

  it('A partial refund is rounded as stated, and the last part refunds the rest.', async () => {
    sale = (await say(rounded(2))).number;
    expect(await tried({ ...returned(1), ...cash(76_500) })).toBe('422 PAYMENT_MISMATCH');
    expect(await tried({ ...returned(1), ...cash(76_600), roundOff: 140 })).toBe('400 INVALID_REQUEST');
    expect(await say({ ...returned(1), ...cash(76_400), roundOff: -60 })).toMatchObject({
      outcome: { refunded: 76_400, roundOff: -60 },
    });
    expect(await say({ ...returned(1), ...cash(76_600) })).toMatchObject({
      outcome: { refunded: 76_600, roundOff: 140 },
    });
  });

  it('An offline return is recorded at the amount paid, in any order of parts.', async () => {
    sale = (await say(rounded())).number;
    expect(await bring({ ...returned(1), ...cash(76_500) })).toMatchObject({ outcome: 'recorded' });
    sale = (await say(rounded(2))).number;
    const first = phone.write({ ...returned(1), ...cash(76_400), roundOff: -60 }, at(-1));
    const last = phone.write({ ...returned(1), ...cash(76_600), roundOff: 140 });
    for (const one of [last, first])
      expect(expectOk(await phone.sync([one])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  });

  it('Offline parts in any order of arrival end with the same money, without stated roundings too.', async () => {
    const refunds = [{ ...cash(76_400), roundOff: -80 }, cash(76_500), cash(76_600)];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const lines = [{ item, quantity: 3, unitPrice: 76_480 }];
      const payments = [{ tender: 'cash', amount: 229_500 }];
      sale = (await say({ kind: 'S', lines, roundOff: 60, payments })).number;
      const parts = refunds.map((refund, n) => phone.write({ ...returned(1), ...refund }, at(n - 3)));
      const outcomes: { refunded?: number; roundOff?: number }[] = [];
      for (const n of order) {
        const [one] = expectOk(await phone.sync([parts[n] ?? expect.fail()])).outcomes;
        if (one?.outcome !== 'recorded') expect.fail(JSON.stringify(one));
        outcomes.push(one.voucher.outcome as (typeof outcomes)[number]);
      }
      expect(outcomes.reduce((sum, { refunded = 0 }) => sum + refunded, 0)).toBe(229_500);
      expect(outcomes.reduce((sum, { roundOff = 0 }) => sum + roundOff, 0)).toBe(60);
    }
  });

  it.each([
    ['too much', cash(PRICE + 1), PRICE + 1],
    ['too little', cash(PRICE - 1), PRICE - 1],
    ['nothing', { refund: [] }, 0],
    ['not a word of it', { refund: undefined }, 0],
  ])('A refund of %s is refused, with the amount due.', async (_how, refund, paid) => {
    const before = await shop.rows();
    const answer = await phone.live(phone.write({ ...returned(1), ...refund }));
    expect(answer).toMatchObject({ status: 422, problem: { code: 'PAYMENT_MISMATCH', due: PRICE, paid } });
    expect(await shop.rows()).toEqual(before);
    expect(await tried(returned(3))).toBe(201);
  });

  it('A refund may have several tenders, and be spent on another sale of its basket.', async () => {
    const refund = [
      { tender: 'exchange', amount: 2 * PRICE },
      { tender: 'upi', amount: PRICE, reference: '432198765012' },
    ];
    const { claim, outcome } = await say({ ...returned(3), refund, basket: 'B-7' });
    expect([claim, outcome]).toMatchObject([{ refund, basket: 'B-7' }, { refunded: 3 * PRICE }]);
    expect(await tried({ ...sold({ item, quantity: 1 }), payments: [{ tender: 'exchange', amount: PRICE }] })).toBe(
      '400 INVALID_REQUEST',
    );
  });

  it('A written-off return moves no stock, and counts as returned.', async () => {
    const before = await shop.rows();
    expect(await say({ ...returned(2), goods: 'written off' })).toMatchObject({
      outcome: { moved: [0], refunded: 2 * PRICE },
    });
    expect(await shop.rows()).toEqual(before);
    expect(await tried(returned(2))).toBe(EXCEEDED);
    expect(await tried(returned(1))).toBe(201);
  });

  it('A repeat is a repeat, even after all was returned.', async () => {
    const back = phone.write(returned(3));
    const first = expectOk(await phone.live(back));
    const again = await phone.live(back);
    expect([again.status, expectOk(again)]).toEqual([200, first]);
    expect(expectOk(await phone.sync([back])).outcomes).toMatchObject([{ outcome: 'repeated' }]);
    expect((await shop.onHand())[item]).toBe(10);
  });

  it('A return may come days later from another phone.', async () => {
    const old = phone.write(sold({ item, quantity: 1 }), at(-3 * 86_400));
    expectOk(await phone.sync([old]));
    expect(await tried(tookBack(old.number, { line: 1, item, quantity: 1 }), other)).toBe(201);
    expect((await shop.onHand())[item]).toBe(8);
  });

  it('A return of two lines of one item restores both.', async () => {
    const same = await say(sold({ item, quantity: 1 }, { item, quantity: 2 }));
    const lines = [1, 2].map((line) => ({ line, item, quantity: line }));
    expect(await tried(tookBack(same.number, ...lines))).toBe(201);
    expect((await shop.onHand())[item]).toBe(7);
    expect(await tried(tookBack(same.number, { line: 1, item, quantity: 1 }))).toBe(EXCEEDED);
  });

  it('A sale of 40 lines is returned whole.', async () => {
    const lines = kurtas(40).map((one, n) => ({ item: one, quantity: n + 1 }));
    await say(counted(...lines), -1);
    const { number } = await say(sold(...lines));
    expect(Object.values(await shop.onHand())).toEqual(Array(40).fill(0));
    expect(await tried(tookBack(number, ...lines.map((line, n) => ({ ...line, line: n + 1 }))))).toBe(201);
    expect(Object.values(await shop.onHand())).toEqual(lines.map(({ quantity }) => quantity));
  });
});

describe('Reversed mistakes', () => {
  it('A mistaken sale is reversed.', async () => {
    expect(await tried({ ...returned(3), reason: 'mistake' })).toBe(201);
    expect((await shop.onHand())[item]).toBe(10);
  });

  it.each([
    ['damaged', 7],
    ['lost', 7],
    ['sample', 7],
    ['display', 7],
    ['found', 7],
  ])('An adjustment (%s) is reversed.', async (reason, there) => {
    const { number } = await say(adjusted(reason, { item, quantity: 4 }));
    const back = (quantity: number) => tookBack(number, { line: 1, item, quantity });
    expect(await tried(back(1))).toBe(201);
    expect(await tried(back(4))).toBe(EXCEEDED);
    expect(await tried(back(3))).toBe(201);
    expect((await shop.onHand())[item]).toBe(there);
  });

  it('A mistaken receipt is reversed: live up to the stock on hand, offline without limit.', async () => {
    const { number } = await say(received({ item, quantity: 20 }));
    const back = (quantity: number) => tookBack(number, { line: 1, item, quantity });
    expect(await tried(back(5))).toBe(201);
    await say(sold({ item, quantity: 21 }));
    const answer = await phone.live(phone.write(back(2)));
    expect(answer).toMatchObject({ problem: { code: 'INSUFFICIENT_STOCK', short: [{ item, wanted: 2, free: 1 }] } });
    expect(await tried(back(1))).toBe(201);
    expect(await bring(back(14))).toMatchObject({ outcome: 'recorded', voucher: { outcome: { moved: [-14] } } });
    expect((await shop.onHand())[item]).toBe(-14);
    expect(await bring(back(1))).toMatchObject({ outcome: 'held', problem: { code: 'RETURN_EXCEEDED' } });
  });

  it('A reversal may give pieces in words.', async () => {
    const lines = [{ item, quantity: '12 piece' }];
    const { number } = await say({ kind: 'R', from: { supplier: 'Chikan Samiti' }, lines });
    expect(await tried(tookBack(number, { line: 1, item, quantity: 12 }))).toBe(201);
    expect((await shop.onHand())[item]).toBe(7);
  });
});

describe('Refused reversals change nothing', () => {
  const line = { line: 1, item, quantity: 1 };
  const cases: [string, () => Promise<Says> | Says, string, string | undefined][] = [
    ['there is no such voucher', () => tookBack(sale.replace(/.{4}$/, '0999'), line), '422 VOUCHER_UNKNOWN', undefined],
    ['the line is of another item', () => tookBack(sale, { ...line, item: second }), EXCEEDED, 'lines.0.line'],
    ['there is no such line', () => tookBack(sale, { ...line, line: 3 }), EXCEEDED, 'lines.0.line'],
    ['a line is said twice', () => tookBack(sale, line, line), EXCEEDED, 'lines.1.line'],
    [
      'one of two lines is too much',
      () => tookBack(sale, line, { line: 2, item: second, quantity: 3 }),
      EXCEEDED,
      'lines.1.quantity',
    ],
    ['nothing comes back', () => tookBack(sale, { ...line, quantity: 0 }), '400 INVALID_REQUEST', 'lines.0.quantity'],
    ['no line does', () => tookBack(sale), '400 INVALID_REQUEST', 'lines'],
    ['there is no line 0', () => tookBack(sale, { ...line, line: 0 }), '400 INVALID_REQUEST', 'lines.0.line'],
    [
      'a count',
      async () => tookBack((await say(counted({ item, quantity: 7 }))).number, line),
      '400 INVALID_REQUEST',
      'of',
    ],
    ['a reversal', async () => tookBack((await say(returned(1))).number, line), '403 NEEDS_OFFICER', undefined],
    ['a request', () => tookBack(sale.replace(/^(.{5})S/, '$1Q'), line), '400 INVALID_REQUEST', 'of'],
    [
      'a receipt is returned',
      async () => ({ ...tookBack((await say(received({ item, quantity: 1 }))).number, line), reason: 'return' }),
      '400 INVALID_REQUEST',
      'reason',
    ],
    [
      'a receipt is refunded',
      async () => ({ ...tookBack((await say(received({ item, quantity: 1 }))).number, line), ...cash(1) }),
      '400 INVALID_REQUEST',
      'refund',
    ],
    [
      'the sale was cancelled',
      async () => tookBack((await say({ kind: 'S', cancelled: 'torn' })).number, line),
      EXCEEDED,
      'lines.0.line',
    ],
    ['nobody knows the item', () => tookBack(sale, { ...line, item: 'LKO-NONE' }), '422 ITEM_UNKNOWN', 'lines.0.item'],
  ];
  it.each(cases)('%s', async (_what, says, code, path) => {
    const claim = await says();
    const before = await shop.rows();
    const answer = await phone.live(phone.write(claim));
    expect([outcomeOf(answer), answer.ok || answer.problem.fields]).toEqual([
      code,
      path === undefined ? undefined : expect.arrayContaining([expect.objectContaining({ path })]),
    ]);
    expect(await shop.rows()).toEqual(before);
  });

  it('A sale of another stall or another seller cannot be reversed.', async () => {
    const elsewhere = await openShop(book);
    const [stranger] = elsewhere.phones as [Phone];
    expect(await tried(returned(1), stranger)).toBe('422 SOLD_ELSEWHERE');
    const zari = await enrol(book, shop.location, 'LKO2');
    const number = `${zari}V2611220001`;
    const body = { ...phone.write(returned(1)).claim } as never;
    const answer = await shop.client.recordVoucher({ path: { location: shop.location, number }, body });
    expect(outcomeOf(answer)).toBe('422 ITEM_OF_ANOTHER_SELLER');
    expect(await there()).toEqual([7, 8]);
  });
});

it('A sale from before a count that is returned after it is on hand again.', async () => {
  await say(counted({ item, quantity: 5 }), -100);
  await say(returned(1), -50);
  expect((await shop.onHand())[item]).toBe(6);
  expect(await say(returned(1), -150)).toMatchObject({ absorbed: [item] });
  expect((await shop.onHand())[item]).toBe(6);
  await say(counted({ item, quantity: 9 }), -20);
  expect((await shop.onHand())[item]).toBe(9);
});

const [item = '', second = ''] = kurtas(2);

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const say = async (says: Says, seconds = 0, by = phone) => expectOk(await by.live(by.write(says, at(seconds))));

const bring = async (says: Says, seconds = 0, by = phone) =>
  expectOk(await by.sync([by.write(says, at(seconds))])).outcomes[0];

/** In short: 201, or why not. */
const tried = async (says: Says, by = phone) => outcomeOf(await by.live(by.write(says)));

/** On hand of the two. */
const there = async () => {
  const all = await shop.onHand();
  return [all[item], all[second]];
};

const returned = (quantity: number, line = 1) => tookBack(sale, { line, item: line === 1 ? item : second, quantity });

const cash = (amount: number) => ({ refund: [{ tender: 'cash', amount }] });

const EXCEEDED = '409 RETURN_EXCEEDED';

import { beforeEach, describe, expect, it } from 'vitest';
import { isStockAlert } from '../../shared/alerts/alert.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { sweep } from '../kit/jobs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { adjusted, counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item = '', second = ''] = kurtas(2);
const book = useBook();
let shop: Shop;
let phone: Phone;
let other: Phone;
/** A stall with two phones; the clock of one is three minutes slow. */
beforeEach(async () => {
  shop = await openShop(book, [0, 180_000]);
  [phone, other] = shop.phones as [Phone, Phone];
});

const one = (quantity = 1) => sold({ item, quantity });

describe('Sync of offline vouchers', () => {
  it('Any order, kind and phone is accepted; each voucher gets its outcome in place, also on repeat.', async () => {
    const sale = phone.write(one(3), at(-3_000));
    const all = [
      phone.write(tookBack(sale.number, { line: 1, item, quantity: 1 }), at(-2_000)),
      phone.write({ kind: 'S', cancelled: 'torn' }, at(-900)),
      phone.write(counted({ item: second, quantity: 7 }), at(-1_000)),
      other.write(one(2), at(-500)),
      phone.write(sold({ item: second, quantity: 1 }), at(-1_001)),
      phone.write(adjusted('damaged', { item, quantity: 1 }), at(-80_000)),
      sale,
      phone.write(received({ item, quantity: 10 }, { item: second, quantity: 4 }, { item, quantity: 1 }), at(-90_000)),
    ];
    const outcomes = await bring(all);
    expect(outcomes.map(({ number }) => number)).toEqual(all.map(({ number }) => number));
    expect(outcomes.map(outcomeText)).toEqual(all.map(() => 'recorded'));
    // In order of time: the sale comes before its return, and what was sold before the rest is
    // counted.
    expect(outcomes).toMatchObject([
      { voucher: { outcome: { moved: [1], refunded: 10_000 } } },
      { voucher: { outcome: {} } },
      { voucher: { outcome: { counted: [{ quantity: 7, expected: 3, variance: 4 }] } } },
      ...Array(5).fill({ voucher: { admission: { way: 'captured' } } }),
    ]);
    const before = [await adds(), await shop.rows()];

    book.clock.forward(600);
    const again = await bring(all.toReversed());
    expect(again.map(outcomeText)).toEqual(all.map(() => 'repeated'));
    expect(again.map((each) => 'voucher' in each && each.voucher)).toEqual(
      outcomes.toReversed().map((each) => 'voucher' in each && each.voucher),
    );
    expect([await adds(), await shop.rows()]).toEqual(before);
    expect(await shop.onHand()).toEqual({ [item]: 6, [second]: 7 });
  });

  it('A batch has 1 to 50 vouchers of up to 40 lines; 0 or 51 are refused and nothing is kept.', async () => {
    const full = (n: number) => sold(...kurtas(40).map((each) => ({ item: each, quantity: 1 + (n % 3) })));
    const all = Array.from({ length: 51 }, (_, n) => phone.write(n < 3 ? full(n) : one(), at(-n)));
    for (const vouchers of [all, []])
      expect(outcomeOf(await phone.sync(vouchers as Written[]))).toBe('400 INVALID_REQUEST');
    expect(await adds()).toEqual([]);
    expect(await syncOutcomes(all.slice(0, 50))).toEqual(Array(50).fill('recorded'));
    expect(await adds()).toHaveLength(50);
  });

  it('A number given twice is a repeat, or, with two claims, the earlier is recorded and the other held.', async () => {
    const sale = phone.write(one(), at(-60));
    const early = phone.write(one(2), at(-90));
    const late = { ...early, claim: { ...early.claim, ...one(5), occurredAt: new Date(at(-30)).toISOString() } };
    expect(await syncOutcomes([sale, late, sale, early, late])).toEqual([
      'recorded',
      'held VOUCHER_CONFLICT',
      'repeated',
      'recorded',
      'held VOUCHER_CONFLICT',
    ]);
    expect(await shop.onHand()).toEqual({ [item]: -3 });
    expect(await syncOutcomes([late, early])).toEqual(['held VOUCHER_CONFLICT', 'repeated']);
    expect(expectOk(await shop.client.listHeld({ path: { location: shop.location } })).held).toHaveLength(1);
    expect(await adds()).toHaveLength(2);
  });

  it('A voucher that was recorded live is a repeat.', async () => {
    const [first, then] = [phone.write(one(4)), other.write(one(2))];
    const live = expectOk(await phone.live(first, { goodsInHand: true }));
    expectOk(await other.live(then, { goodsInHand: true }));
    const outcomes = await bring([phone.write(one()), first, { ...then, claim: { ...then.claim, goodsInHand: true } }]);
    expect(outcomes.map(outcomeText)).toEqual(['recorded', 'repeated', 'repeated']);
    expect(outcomes[1]).toEqual({ number: first.number, outcome: 'repeated', voucher: live });
    expect(await adds()).toHaveLength(3);
    // And what was brought is a repeat when it is sent live.
    expect(outcomeOf(await phone.live(first))).toBe(200);
    expect(await adds()).toHaveLength(3);
  });

  it('Without enough stock it is recorded below zero and asks for a count.', async () => {
    expectOk(await phone.live(phone.write(received({ item, quantity: 2 }))));
    expect(outcomeOf(await phone.live(phone.write(one(5))))).toBe('409 INSUFFICIENT_STOCK');
    const damage = phone.write(adjusted('damaged', { item: second, quantity: 1 }), at(-40));
    expect(await syncOutcomes([phone.write(one(5), at(-50)), damage])).toEqual(['recorded', 'recorded']);
    expect(await shop.onHand()).toEqual({ [item]: -3, [second]: -1 });
    await sweep(shop.location);
    const { alerts } = expectOk(await book.admin.listAlerts({ query: { location: shop.location, state: 'open' } }));
    const discrepancies = alerts.filter(isStockAlert).filter(({ type }) => type === 'discrepancy');
    expect(discrepancies.map((alert) => [alert.item, alert.figures.onHand])).toEqual([
      [item, -3],
      [second, -1],
    ]);
    await adds();
  });
});

describe('Phone with a clock three minutes slow', () => {
  it('Its vouchers are ordered by corrected time, live and offline.', async () => {
    const early = other.write(one(1), at(-20));
    const count = phone.write(counted({ item, quantity: 9 }), at(-10));
    const after = other.write(one(2), at(-5));
    const [first, , then] = await bring([early], other).then(async ([outcome]) => [
      outcome,
      expectOk(await phone.live(count)),
      expectOk(await other.live(after, { goodsInHand: true })),
    ]);
    expect(first).toMatchObject({ voucher: { admission: { way: 'captured', skew: 180_000 } } });
    expect(then).toMatchObject({ admission: { way: 'live', goodsInHand: true, skew: 180_000 } });
    expect(await shop.onHand()).toEqual({ [item]: 7 });
    const late = other.write(one(3), at(-11));
    expect(await bring([late], other)).toMatchObject([{ outcome: 'recorded', voucher: { absorbed: [item] } }]);
    expect(await shop.onHand()).toEqual({ [item]: 7 });
    await adds();
  });

  it('A repeat at another time or with a new measurement is a repeat.', async () => {
    const sale = other.write(one(), at(-5));
    expect(await syncOutcomes([sale], other)).toEqual(['recorded']);
    book.clock.forward(45);
    expect(await syncOutcomes([sale], other)).toEqual(['repeated']);
    expect(await syncOutcomes([sale], phone)).toEqual(['repeated']);
    const live = other.write(one());
    const answers = [];
    for (const seconds of [0, -100, 100]) {
      const clock = { skew: 180_000 - seconds * 1_000, within: 40 };
      answers.push(outcomeOf(await other.live(live, { goodsInHand: true, clock })));
    }
    expect(answers).toEqual([201, 200, 200]);
    expect((await adds()).map(({ admission }) => admission.skew)).toEqual([180_000, 180_000]);
  });

  it.each([
    ['a clock of last year', { clock: { skew: 31_536_000_000, within: 40 } }],
    ['a clock of next year', { clock: { skew: -31_536_000_000, within: 40 } }],
    ['a clock of the year 9999', { clock: { skew: -251_000_000_000_000, within: 40 } }],
  ])('A senseless measurement is refused live: %s', async (_says, how) => {
    const sale = phone.write(received({ item, quantity: 1 }));
    expect(outcomeOf(await phone.live(sale, how))).toBe('422 CLOCK_OFF');
    expect(outcomeOf(await find(sale.number))).toBe('404 NOT_FOUND');
    expect(await adds()).toEqual([]);
  });
});

it('Unknown, foreign and revoked terminals leave nothing; earlier vouchers stay.', async () => {
  const lost = await openShop(book);
  const [gone] = lost.phones as [Phone];
  const before = gone.write(one(), at(-60));
  const kept = gone.write(sold({ item: 'LKO-NONE', quantity: 1 }));
  expectOk(await gone.sync([before, kept]));
  const path = { location: lost.location, terminal: gone.terminal };
  expectOk(await book.admin.revokeTerminal({ path, body: { reason: 'lost' } }));
  book.bahi.startFunctions();
  const stranger = { ...one(), occurredAt: book.clock.now(), by: 'S001', previous: null };
  const outcomes = expectOk(
    await gone.sync([before, gone.write(one()), phone.write(one()), { number: '00000S2611220001', claim: stranger }]),
  ).outcomes;
  expect(outcomes.map(outcomeText)).toEqual([
    'repeated',
    'refused TERMINAL_REVOKED',
    'refused TERMINAL_ELSEWHERE',
    'refused TERMINAL_UNKNOWN',
  ]);
  expect(outcomes[1]).toMatchObject({ problem: { status: 422, detail: expect.stringContaining(gone.terminal) } });
  const other = { ...before, claim: { ...before.claim, ...one(9) } };
  expect(expectOk(await gone.sync([other, kept])).outcomes.map(outcomeText)).toEqual([
    'held VOUCHER_CONFLICT',
    'held ITEM_UNKNOWN',
  ]);
  expect(expectOk(await lost.client.listHeld({ path: { location: lost.location } })).held).toHaveLength(2);
  expect(await expectBookMatchesStock(lost.client, lost.location)).toHaveLength(1);
});

it('A phone enrolled days ago syncs any day since, and none before.', async () => {
  const days = [0, 1, 2, 4, 5].map((ago) => phone.write(one(), at(-ago * 86_400)));
  expect(await syncOutcomes(days)).toEqual(Array(5).fill('recorded'));
  expect(await syncOutcomes([phone.write(one(), at(-6 * 86_400))])).toEqual(['held CLOCK_OFF']);
  expect(await adds(6)).toHaveLength(5);
});

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const bring = async (vouchers: readonly Written[], by = phone) => expectOk(await by.sync(vouchers)).outcomes;

const syncOutcomes = async (vouchers: readonly Written[], by = phone) => (await bring(vouchers, by)).map(outcomeText);

const adds = (days?: number) => expectBookMatchesStock(shop.client, shop.location, days);

const find = (number: string) => shop.client.getVoucher({ path: { location: shop.location, number } });

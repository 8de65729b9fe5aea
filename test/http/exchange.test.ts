import fc from 'fast-check';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import { errorsLogged } from '../kit/logs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const { client, watch } = watchedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
let other: Phone;
let baskets = 0;
let basket: string;
const book = useBook({ client });
beforeEach(async () => {
  watch({});
  shop = await openShop(book, [0, 0]);
  [phone, other] = shop.phones as [Phone, Phone];
  basket = `Asha's basket ${++baskets}`;
  await live(received({ item, quantity: 500 }));
});

describe('Live sale by exchange', () => {
  it('It spends at most what was returned into its basket; a refused one moves nothing.', async () => {
    const before = await shop.rows();
    const answer = await phone.live(phone.write(spends(1)));
    expect(answer).toMatchObject({
      status: 409,
      problem: { code: 'EXCHANGE_NOT_COVERED', basket, wanted: PRICE, left: 0 },
    });
    expect(await shop.rows()).toEqual(before);
    await live(await comesBack(3));
    await live(spends(2));
    const more = await phone.live(phone.write(spends(2)));
    expect(more).toMatchObject({ problem: { code: 'EXCHANGE_NOT_COVERED', wanted: 2 * PRICE, left: PRICE } });
    const rest = [...exchange(1), { tender: 'upi', amount: PRICE }];
    expect(await tried(spends(2, { payments: rest }))).toBe(201);
    expect(await tried(spends(1, { basket: 'another' }))).toBe('409 EXCHANGE_NOT_COVERED');
    expect(await tried(spends(1, { goodsInHand: true }))).toBe('409 EXCHANGE_NOT_COVERED');
    expect(await lives()).toEqual([]);
  });

  it('A repeat spends once.', async () => {
    await live(await comesBack(2));
    const sale = phone.write(spends(1));
    expect([await phone.live(sale), await phone.live(sale)].map(({ status }) => status)).toEqual([201, 200]);
    expect([await tried(spends(1)), await tried(spends(1))]).toEqual([201, '409 EXCHANGE_NOT_COVERED']);
  });

  it('Of many concurrent sales, one spends a return.', async () => {
    await live(await comesBack(3));
    const sales = [phone, other, phone, other, phone, other].map((one) => [one, one.write(spends(1))] as const);
    const answers = await Promise.all(sales.map(([one, written]) => one.insist(written)));
    const outcomes = answers.map(outcomeOf);
    expect(outcomes.filter((one) => one === 201 || one === 200)).toHaveLength(3);
    expect(outcomes.filter((one) => one === '409 EXCHANGE_NOT_COVERED')).toHaveLength(3);
  });

  it('An exchange sale and its return name one basket.', async () => {
    expect(await tried(spends(1, { basket: undefined }))).toBe('400 INVALID_REQUEST');
    const back = await comesBack(1, { basket: undefined });
    const answer = await phone.live(phone.write(back));
    expect(answer).toMatchObject({ status: 400, problem: { fields: [{ path: 'refund.0.tender' }] } });
    expect(expectOk(await phone.sync([phone.write(back)])).outcomes).toMatchObject([{ outcome: 'held' }]);
  });
});

describe('Offline exchange', () => {
  it('It is recorded, with an alert to an officer until the return comes.', async () => {
    const back = phone.write(await comesBack(2));
    const sale = phone.write(spends(2));
    await bring(sale);
    expect(await alert()).toMatchObject({
      type: 'exchange',
      state: 'open',
      level: 'district',
      figures: { basket, uncovered: 2 * PRICE, spentBy: sale.number },
    });
    await sweep(shop.location);
    expect(await lives()).toEqual(['exchange open 1']);
    await bring(back);
    expect(await lives()).toEqual(['exchange resolved 1']);
    await sweep(shop.location);
    expect(await lives()).toEqual(['exchange resolved 1']);
  });

  it('A live return resolves the alert, too.', async () => {
    const back = phone.write(await comesBack(2));
    await bring(phone.write(spends(2)));
    expectOk(await phone.live(back));
    expect(await lives()).toEqual(['exchange resolved 1']);
  });

  it('An officer resolves the alert, and a further spend opens it anew.', async () => {
    await bring(phone.write(spends(2)));
    const { about, sourceVersion = 0 } = (await alert()) ?? {};
    const path = { location: shop.location, basket: String(about) };
    const settle = (ifMatch: number | undefined, why = 'the goods are there') =>
      book.admin.settleExchange({ path, body: { why }, ifMatch: ifMatch as number });
    expect(outcomeOf(await settle(undefined))).toBe('428 PRECONDITION_REQUIRED');
    expect(outcomeOf(await settle(sourceVersion + 1))).toBe('412 VERSION_MISMATCH');
    const unknown = { ...path, basket: '0'.repeat(20) };
    expect(outcomeOf(await book.admin.settleExchange({ path: unknown, body: { why: 'x' }, ifMatch: 1 }))).toBe(
      '404 NOT_FOUND',
    );
    const settledAlert = expectOk(await settle(sourceVersion));
    expect(settledAlert).toMatchObject({
      left: -2 * PRICE,
      settled: { why: 'the goods are there', uncovered: 2 * PRICE },
    });
    expect(expectOk(await settle(sourceVersion))).toEqual(settledAlert);
    expect(outcomeOf(await settle(settledAlert.version, 'another reason'))).toBe('409 ALERT_RESOLVED');
    await sweep(shop.location);
    expect(await lives()).toEqual(['exchange resolved 1']);
    await bring(phone.write(spends(1)));
    expect(await lives()).toEqual(['exchange open 2']);
  });

  it('The hourly sweep opens the alert after a crash, and stops looking once it is covered.', async () => {
    errorsLogged();
    watch({
      before: ({ says }) => {
        if (says.includes('-Alerts"')) throw new Error('the process died');
      },
    });
    const back = phone.write(await comesBack(1));
    await phone.sync([phone.write(spends(1))]).catch(() => undefined);
    watch({});
    expect(await lives()).toEqual([]);
    await sweep(shop.location);
    expect(await lives()).toEqual(['exchange open 1']);
    await bring(back);
    await sweep(shop.location);
    const writes: string[] = [];
    watch({ before: ({ says }) => void writes.push(says) });
    await sweep(shop.location);
    expect(writes.filter((says) => says.includes('#baskets'))).toEqual([]);
  });

  it('The result does not depend on the order of sync.', { tags: 'property' }, async () => {
    const pieces = fc.integer({ min: 1, max: 3 });
    const events = fc.array(fc.record({ back: fc.boolean(), pieces }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        events.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
        ),
        async ([all, order]) => {
          basket = `Asha's basket ${++baskets}`;
          const written = [];
          for (const one of all) written.push(phone.write(one.back ? await comesBack(one.pieces) : spends(one.pieces)));
          for (const at of order) await bring(written[at] as Written);
          const left = all.reduce((sum, one) => sum + (one.back ? one.pieces : -one.pieces), 0);
          const found = (await exceptionAlertsIn(book.admin, { location: shop.location }, 'exchange')).find(
            ({ figures }) => 'basket' in figures && figures.basket === basket,
          );
          expect(found?.state === 'open').toBe(left < 0);
          if (left < 0) expect(found).toMatchObject({ figures: { uncovered: -left * PRICE } });
          else if (left > 0)
            expect([await tried(spends(left + 1)), await tried(spends(left))]).toEqual([
              '409 EXCHANGE_NOT_COVERED',
              201,
            ]);
        },
      ),
      { numRuns: runs(12) },
    );
  });
});

const item = 'LKO-KURTA-01';

type Says = Parameters<Phone['write']>[0];

const live = async (says: Says, by = phone) => expectOk(await by.live(by.write(says)));

const tried = async (says: Says, by = phone) => outcomeOf(await by.live(by.write(says)));

const bring = async (...written: Written[]) => {
  const { outcomes } = expectOk(await phone.sync(written));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(written.map(() => 'recorded'));
};

const exchange = (pieces: number) => [{ tender: 'exchange', amount: pieces * PRICE }];

/** So many pieces, paid with what came back into the basket. */
const spends = (pieces: number, more: object = {}) => ({
  ...sold({ item, quantity: pieces }),
  payments: exchange(pieces),
  basket,
  ...more,
});

/** So many pieces of a sale of their own, given back to be spent. */
const comesBack = async (pieces: number, more: object = {}) => {
  const { number } = await live(sold({ item, quantity: pieces }));
  return { ...tookBack(number, { line: 1, item, quantity: pieces }), refund: exchange(pieces), basket, ...more };
};

const lives = () => exceptionAlertStates(book.admin, { location: shop.location }, 'exchange');

const alert = async () => (await exceptionAlertsIn(book.admin, { location: shop.location }, 'exchange'))[0];

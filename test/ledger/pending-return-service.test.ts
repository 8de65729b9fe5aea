import { beforeEach, describe, expect, inject, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import { errorsLogged } from '../kit/logs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, openShop, PRICE, phonesAt, received, type Shop, sold, tookBack } from '../kit/shop.ts';

checkAnswersAgainstContract();

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
const { client, watch } = watchedClient(inject('endpoint'));
let shop: Shop;
let [phone, other]: Phone[] = [];
const book = useBook({ client });
/** A stall with two phones that have no link; nine kurtas came three days ago. */
const opened = async () => {
  watch({});
  shop = await openShop(book, [0, 0], 20);
  [phone, other] = shop.phones as [Phone, Phone];
  await bring(of(phone).write(received({ item, quantity: 9 }), START - 3 * DAY));
};
beforeEach(opened);
const of = (one: Phone | undefined): Phone => {
  if (!one) throw new Error('a shop has two phones');
  return one;
};

const bring = async (...written: Written[]) => {
  const { outcomes } = expectOk(await of(phone).sync(written));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(written.map(() => 'recorded'));
  return outcomes;
};

describe('Tax of a return', () => {
  /** The same three vouchers in time, at a stall beside it. */
  const inTime = async () => {
    await opened();
    const sells = sale(3);
    for (const written of [sells, back(sells, 1), back(sells, 2)]) await bring(written);
    await closeAt(shop.location);
    return (await closedOn(SOLD_ON))?.sellers;
  };

  it('Once its sale is in, the close of its day has the tax as if the sale had been in time.', async () => {
    const expected = await inTime();
    await opened();
    const sells = sale(3);
    const [one, two] = [back(sells, 1), back(sells, 2)];
    await bring(two);
    await bring(one);
    await closeAt(shop.location);
    expect(await closedOn(SOLD_ON)).toMatchObject({ edition: 1, sellers: [{ refunded: 3 * PRICE, taxBack: [] }] });
    await bring(sells);
    await closeAt(shop.location);
    const close = await closedOn(SOLD_ON);
    expect(close?.sellers).toEqual(expected);
    expect(close?.sellers[0]?.taxBack).toEqual(close?.sellers[0]?.tax);
    expect(close?.sellers[0]?.taxBack[0]?.cgst).toBeGreaterThan(0);
    await closeAt(shop.location);
    expect((await closedOn(SOLD_ON))?.edition).toBe(close?.edition);
    expect([await drifts(), await unmatched()]).toEqual([[], []]);
  });

  it("It reaches a day that is already closed for another day's sale, whatever dies meanwhile.", async () => {
    errorsLogged();
    const sells = sale(3, START - 4 * DAY);
    // A count between the two: what came late before it leaves the days after as they were.
    await bring(of(phone).write(counted({ item, quantity: 9 }), START - 3 * DAY + HOUR));
    await bring(back(sells, 1));
    await closeAt(shop.location);
    await bring(sells);
    for (const when of ['before', 'after', 'before', 'after'] as const) {
      watch({
        [when]: ({ says }: { says: string }) => {
          if (says.includes('#waiting')) throw new Error('the process died');
        },
      });
      await closeAt(shop.location).catch(() => undefined);
    }
    watch({});
    await closeAt(shop.location);
    expect(await closedOn(SOLD_ON)).toMatchObject({
      sellers: [{ sales: 0, refunds: 1, taxBack: [{ taxable: 9_524, cgst: 238 }] }],
    });
  });

  it('It never exceeds what was charged, however much was returned.', async () => {
    const sells = sale(2);
    for (const written of [back(sells, 2), back(sells, 2), sells]) await bring(written);
    await closeAt(shop.location);
    const [seller] = (await closedOn(SOLD_ON))?.sellers ?? [];
    expect(seller).toMatchObject({ refunded: 4 * PRICE, amount: 2 * PRICE });
    expect(seller?.taxBack).toEqual(seller?.tax);
  });
});

describe('Unmatched returns of one sale', () => {
  it('Exceeding the sale they alert an officer, allow no more returns, and reconcile.', async () => {
    const sells = sale(3);
    const [one, two] = [back(sells, 2), back(sells, 2)];
    await bring(one);
    await bring(two);
    expect(await unmatched()).toEqual([]);
    await bring(sells);
    expect(await matter()).toMatchObject({
      type: 'unmatched',
      about: sells.number,
      state: 'open',
      level: 'district',
      figures: {
        returns: [one.number, two.number],
        many: 2,
        sold: true,
        misfit: { exceeded: [{ line: 1, item, sold: 3, back: 4 }], due: 3 * PRICE, given: 4 * PRICE },
      },
    });
    expect((await shop.onHand())[item]).toBe(9 - 3 + 4);
    const more = expectOk(await of(phone).sync([back(sells, 1)])).outcomes;
    expect(more).toMatchObject([{ outcome: 'held', problem: { code: 'RETURN_EXCEEDED' } }]);
    await closeAt(shop.location);
    await sweep(shop.location);
    expect(await unmatched()).toEqual(['unmatched open 1']);
    expect(await drifts()).toEqual([]);

    const { sourceVersion = 0 } = (await matter()) ?? {};
    const path = { location: shop.location, number: sells.number };
    const say = (ifMatch: number | undefined, why = 'both wrote it down') =>
      book.admin.settleReturns({ path, body: { why }, ifMatch: ifMatch as number });
    expect(await say(undefined)).toMatchObject({ problem: { code: 'PRECONDITION_REQUIRED' } });
    expect(await say(sourceVersion - 1)).toMatchObject({
      problem: { code: 'VERSION_MISMATCH', version: sourceVersion },
    });
    const alert = expectOk(await say(sourceVersion));
    expect(alert).toMatchObject({ version: sourceVersion + 2, settled: { why: 'both wrote it down', sold: true } });
    expect(expectOk(await say(sourceVersion))).toEqual(alert);
    expect(await say(alert.version, 'another reason')).toMatchObject({ problem: { code: 'ALERT_RESOLVED' } });
    await sweep(shop.location);
    expect(await unmatched()).toEqual(['unmatched resolved 1']);
    expect(await drifts()).toEqual([]);
  });

  it.each([
    ['more money than is due', gives(2 * PRICE), { due: PRICE, given: 2 * PRICE }],
    ['less money than is due', gives(PRICE - 1_000), { due: PRICE, given: PRICE - 1_000 }],
    [
      'what was not on its bill',
      { lines: [{ line: 2, item, quantity: 1 }] },
      { exceeded: [{ line: 2, item, sold: 0, back: 1 }], due: 0 },
    ],
    [
      'another thing',
      { lines: [{ line: 1, item: 'LKO-KURTA-02', quantity: 1 }] },
      { exceeded: [{ item: 'LKO-KURTA-02', sold: 0, back: 1 }] },
    ],
  ])('They return %s.', async (_what, more, misfit) => {
    const sells = sale(3);
    await bring(back(sells, 1, more));
    await bring(sells);
    expect(await matter()).toMatchObject({ state: 'open', figures: { misfit: { exceeded: [], ...misfit } } });
    expect(await drifts()).toEqual([]);
  });

  it('A difference of one paisa that two separate phones cannot know opens no alert.', async () => {
    const three = of(other).write(
      {
        ...sold({ item, quantity: 3 }),
        lines: [{ item, quantity: 3, unitPrice: PRICE, discount: 1 }],
        payments: [{ tender: 'cash', amount: 3 * PRICE - 1 }],
      },
      START - 2 * DAY,
    );
    for (const written of [1, 1, 1].map((one) => back(three, one, gives(PRICE)))) await bring(written);
    await bring(three);
    await sweep(shop.location);
    expect(await unmatched()).toEqual([]);
  });

  it('If the sale was cancelled, nothing was sold.', async () => {
    const sells = sale(1);
    await bring(back(sells, 1));
    await bring({
      ...sells,
      claim: { ...sells.claim, kind: 'S', cancelled: 'torn', lines: undefined, payments: undefined },
    });
    expect(await matter()).toMatchObject({ figures: { misfit: { exceeded: [{ line: 1, item, sold: 0, back: 1 }] } } });
  });

  it('After a crash the sweep opens the alert, or the nightly run if it comes first.', async () => {
    errorsLogged();
    for (const later of [sweep, closeAt]) {
      await opened();
      const sells = sale(1);
      await bring(back(sells, 2));
      watch({
        before: ({ says }) => {
          if (says.includes('-Alerts"')) throw new Error('the process died');
        },
      });
      await of(phone)
        .sync([sells])
        .catch(() => undefined);
      watch({});
      expect(await unmatched()).toEqual([]);
      await later(shop.location);
      await later(shop.location);
      expect(await unmatched()).toEqual(['unmatched open 1']);
    }
  });
});

const LONG_AGO = START - 9 * DAY;
const long = (quantity: number) => sale(quantity, LONG_AGO - HOUR);

describe('Sale that does not come', () => {
  it('It alerts after a week, and the sale resolves it.', async () => {
    const [soon, sells] = [sale(1), long(1)];
    await bring(back(soon, 1));
    await bring(back(sells, 1, {}, LONG_AGO));
    await sweep(shop.location);
    expect(await exceptionAlertsIn(book.admin, { location: shop.location }, 'unmatched')).toMatchObject([
      { state: 'open', about: sells.number, figures: { sold: false, many: 1 } },
    ]);
    await bring(sells);
    expect(await unmatched()).toEqual(['unmatched resolved 1']);
  });

  it('After an officer acknowledged it, the late sale alerts only if it does not agree.', async () => {
    for (const [quantity, then] of [
      [1, ['unmatched resolved 1']],
      [2, ['unmatched open 2']],
    ] as const) {
      await opened();
      const sells = long(1);
      await bring(back(sells, quantity, {}, LONG_AGO));
      await sweep(shop.location);
      const { sourceVersion = 0 } = (await matter()) ?? {};
      const path = { location: shop.location, number: sells.number };
      expectOk(await book.admin.settleReturns({ path, body: { why: 'the phone is lost' }, ifMatch: sourceVersion }));
      expect(await unmatched()).toEqual(['unmatched resolved 1']);
      await bring(sells);
      expect(await unmatched()).toEqual(then);
    }
  });
});

it('A further return of an acknowledged sale opens the alert anew.', async () => {
  const sells = long(3);
  await bring(back(sells, 1, {}, LONG_AGO));
  await sweep(shop.location);
  const { sourceVersion = 0 } = (await matter()) ?? {};
  const path = { location: shop.location, number: sells.number };
  expectOk(await book.admin.settleReturns({ path, body: { why: 'the phone is lost' }, ifMatch: sourceVersion }));
  await sweep(shop.location);
  expect(await unmatched()).toEqual(['unmatched resolved 1']);
  await bring(back(sells, 1, {}, LONG_AGO));
  await sweep(shop.location);
  expect(await unmatched()).toEqual(['unmatched open 2']);
});

it('A sale that commits during the decision of its return makes the return matched.', async () => {
  const sells = sale(1);
  let [waits, writes] = [true, 0];
  watch({
    before: async ({ says }) => {
      if (says.includes('#back')) writes++;
      if (!waits || !says.includes('#back')) return;
      waits = false;
      await bring(sells);
    },
  });
  const [outcome] = await bring(back(sells, 1));
  expect([writes, outcome]).toMatchObject([2, { voucher: { outcome: { refunded: PRICE } } }]);
  expect(outcome).not.toMatchObject({ voucher: { outcome: { waits: true } } });
});

it('A return where nothing is sold is held.', async () => {
  const depot = await openDepotShop();
  const missing = `${depot.terminal}S2611210001`;
  const [outcome] = expectOk(
    await depot.sync([depot.write({ ...tookBack(missing, { line: 1, item, quantity: 1 }) })]),
  ).outcomes;
  expect(outcome).toMatchObject({ outcome: 'held', problem: { code: 'VOUCHER_UNKNOWN' } });
});

it('A line returned twice in one voucher is held, with or without its sale.', async () => {
  const sells = sale(2);
  const line = { line: 1, item, quantity: 1 };
  const twice = of(phone).write(tookBack(sells.number, line, line), START - 2 * DAY + HOUR);
  const tried = async () => expectOk(await of(phone).sync([twice])).outcomes[0];
  expect(await tried()).toMatchObject({ outcome: 'held', problem: { code: 'RETURN_EXCEEDED' } });
  await bring(sells);
  expect(await tried()).toMatchObject({ outcome: 'held', problem: { code: 'RETURN_EXCEEDED' } });
});

const sale = (quantity: number, at = START - 2 * DAY) => of(other).write(sold({ item, quantity }), at);

const back = ({ number }: Written, quantity: number, more: object = {}, at = START - 2 * DAY + HOUR) =>
  of(phone).write({ ...tookBack(number, { line: 1, item, quantity }), ...more }, at);

const gives = (amount: number) => ({ refund: [{ tender: 'cash', amount }] });

const unmatched = () => exceptionAlertStates(book.admin, { location: shop.location }, 'unmatched');

const matter = async () => (await exceptionAlertsIn(book.admin, { location: shop.location }, 'unmatched'))[0];

const drifts = async () =>
  (await reconcileLocation(StockLocationId.parse(shop.location), 'the whole book', allStores())).drifts;

const closedOn = async (day: string) => (await latestCloseByDay(shop.location)).get(day);

const SOLD_ON = '2026-11-20';

const openDepotShop = async () => {
  const id = 'LKO-D9';
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'LKO', sellers: ['LKO1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
  const { phones } = await phonesAt(book, id, 'LKO1');
  return of(phones[0]);
};

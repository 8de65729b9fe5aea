import { beforeEach, describe, expect, inject, it } from 'vitest';
import { reconcileLocation } from '../../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../../local/all-stores.ts';
import { StockLocationId } from '../../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../../kit/book.ts';
import { START } from '../../kit/clock.ts';
import { checkAnswersAgainstContract } from '../../kit/contract-check.ts';
import { closeAt, latestCloseByDay } from '../../kit/day-closes.ts';
import { exceptionAlertStates } from '../../kit/exception-alerts.ts';
import { watchedClient } from '../../kit/interceptor.ts';
import { sweep } from '../../kit/jobs.ts';
import type { Phone, Written } from '../../kit/phone.ts';
import { closed, openShop, PRICE, received, type Shop, sold, tookBack } from '../../kit/shop.ts';
import { outcomeOf } from '../../kit/wire.ts';

checkAnswersAgainstContract();

const { client, watch } = watchedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
let other: Phone;
const book = useBook({ client });
beforeEach(async () => {
  watch({});
  shop = await openShop(book, [0, 0], 20);
  [phone, other] = shop.phones as [Phone, Phone];
  await record(phone.write(received({ item, quantity: 9 }), START - 4 * DAY));
});

describe('Reversed return', () => {
  it('An officer reverses it, and the books are as if it had not been; the true customer can return.', async () => {
    const sells = sale(2);
    const mistaken = back(sells, 2);
    await record(sells, mistaken);
    const truly = back(sells, 2, {}, START - DAY);
    expect(await bring(truly)).toMatchObject([{ outcome: 'held', problem: { code: 'RETURN_EXCEEDED' } }]);
    expect(await stands()).toBe(9);
    const undone = undo(mistaken);
    expect(outcomeOf(await phone.live(undo(mistaken, {}, START)))).toBe('403 NEEDS_OFFICER');
    expect(expectOk(await admit(undone))).toMatchObject({ state: 'admitted' });
    expect(await stands()).toBe(7);
    expect(
      expectOk(await shop.client.getVoucher({ path: { location: shop.location, number: undone.number } })),
    ).toMatchObject({
      outcome: { moved: [-2], refunded: 2 * PRICE, tax: [{ cgst: 476 }], sale: { of: sells.number, lines: [1] } },
    });
    await record(truly);
    expect([await stands(), await drifts()]).toEqual([9, []]);
    const days = await closes();
    expect(days.get('2026-11-19')?.sellers).toMatchObject([
      { refunds: 1, refunded: 2 * PRICE, taxBack: [{ cgst: 476 }] },
    ]);
    expect(days.get('2026-11-20')).toMatchObject({
      sellers: [{ refunds: -1, refunded: -2 * PRICE, taxBack: [{ taxable: -19_048, cgst: -476, sgst: -476 }] }],
      tenders: [{ tender: 'cash', taken: 0, given: -2 * PRICE }],
      items: expect.arrayContaining([expect.objectContaining({ item, returned: -2, onHand: 7, writtenOff: 0 })]),
    });
    expect(days.get('2026-11-21')?.sellers).toMatchObject([{ refunds: 1, refunded: 2 * PRICE }]);
  });

  it('It leaves the till as if the return had not been.', async () => {
    const sells = sale(1);
    const mistaken = back(sells, 1);
    await record(sells, mistaken);
    expectOk(await admit(undo(mistaken)));
    const [shift] = await record(phone.write(closed(0, { cash: PRICE }), START - DAY));
    expect(shift).toMatchObject({ voucher: { outcome: { over: [{ tender: 'cash', amount: 0 }] } } });
  });

  it('Of written-off goods it moves nothing on the shelf.', async () => {
    const sells = sale(1);
    const mistaken = back(sells, 1, { goods: 'written off' });
    await record(sells, mistaken);
    expectOk(await admit(undo(mistaken)));
    expect([await stands(), await drifts()]).toEqual([8, []]);
    const day = (await closes()).get('2026-11-20');
    expect(day?.items.find((one) => one.item === item)).toMatchObject({ returned: -1, writtenOff: -1, onHand: 8 });
  });

  it('It leaves its basket: overspending raises an alert, and nothing more can be spent.', async () => {
    const sells = sale(1);
    const mistaken = back(sells, 1, exchange);
    const spent = phone.write(
      { ...sold({ item, quantity: 1 }), payments: exchange.refund, basket: 'B-7' },
      START - 2 * DAY,
    );
    await record(sells, mistaken, spent);
    expect(await exceptionAlertStates(book.admin, { location: shop.location }, 'exchange')).toEqual([]);
    expectOk(await admit(undo(mistaken)));
    expect(await exceptionAlertStates(book.admin, { location: shop.location }, 'exchange')).toEqual([
      'exchange open 1',
    ]);
    const more = phone.write({ ...sold({ item, quantity: 1 }), payments: exchange.refund, basket: 'B-7' });
    expect(outcomeOf(await phone.live(more))).toBe('409 EXCHANGE_NOT_COVERED');
    await record(back(sells, 1, exchange, START - HOUR));
    expect(await exceptionAlertStates(book.admin, { location: shop.location }, 'exchange')).toEqual([
      'exchange resolved 1',
    ]);
  });

  it('If unmatched, it no longer waits for its sale, and the sale finds nothing returned.', async () => {
    const sells = sale(2);
    const [mistaken, truly] = [back(sells, 2), back(sells, 2, {}, START - 3 * DAY + 2 * HOUR)];
    await record(mistaken);
    await record(truly);
    expectOk(await admit(undo(mistaken)));
    await closes();
    await record(sells);
    await sweep(shop.location);
    expect(await exceptionAlertStates(book.admin, { location: shop.location }, 'unmatched')).toEqual([]);
    const sold = (await closes()).get('2026-11-19');
    expect(sold?.sellers[0]?.taxBack).toEqual(sold?.sellers[0]?.tax);
    expect([await stands(), await drifts()]).toEqual([9, []]);
  });

  it('A day closed with the tax of a late sale is closed again without it.', async () => {
    const sells = sale(1);
    const mistaken = back(sells, 1);
    await record(mistaken);
    await record(sells);
    await closes();
    expect((await closes()).get('2026-11-19')?.sellers[0]?.taxBack).toHaveLength(1);
    expectOk(await admit(undo(mistaken)));
    const days = await closes();
    expect(days.get('2026-11-19')?.sellers[0]?.taxBack).toEqual([]);
    expect(days.get('2026-11-20')?.sellers[0]?.taxBack).toEqual([]);
  });
});

describe('Refused reversals of a return', () => {
  const refused = async (undone: Written) => {
    const rows = await shop.rows();
    const answer = await admit(undone);
    expect(await shop.rows()).toEqual(rows);
    return answer.ok ? 'admitted' : answer.problem.detail;
  };

  it('It is refused in part, for other money or for another item.', async () => {
    const sells = sale(2);
    const mistaken = back(sells, 2);
    await record(sells, mistaken);
    const line = { line: 1, item, quantity: 1 };
    expect(await refused(undo(mistaken, { lines: [line] }))).toContain('A return is reversed whole');
    expect(await refused(undo(mistaken, { lines: [{ ...line, line: 2 }] }))).toContain('A return is reversed whole');
    expect(await refused(undo(mistaken, { refund: [{ tender: 'upi', amount: 2 * PRICE }] }))).toContain(
      'PAYMENT_MISMATCH',
    );
    expect(await refused(undo(mistaken, { refund: [] }))).toContain('PAYMENT_MISMATCH');
  });

  it('It is refused a second time, for its own reversal, and for an unknown return.', async () => {
    const sells = sale(1);
    const mistaken = back(sells, 1);
    await record(sells, mistaken);
    const undone = undo(mistaken);
    expectOk(await admit(undone));
    expect(await refused(undo(mistaken))).toContain('RETURN_EXCEEDED');
    expect(await refused(undo(undone))).toContain('INVALID_REQUEST');
    expect(await refused(undo(back(sells, 1)))).toContain('VOUCHER_UNKNOWN');
  });
});

describe('Races', () => {
  it('Of two officers one reverses it, and the other learns of it.', async () => {
    const sells = sale(1);
    const mistaken = back(sells, 1);
    await record(sells, mistaken);
    const answers = await Promise.all([undo(mistaken), undo(mistaken, {}, START - DAY, other)].map(admit));
    expect(answers.map(outcomeOf).toSorted()).toEqual([200, '409 STILL_HELD']);
    expect([await stands(), await drifts()]).toEqual([8, []]);
  });

  it('With a concurrent return it is decided again, and never more returns than was sold.', async () => {
    const sells = sale(3);
    const mistaken = back(sells, 2);
    await record(sells, mistaken);
    let isFirst = true;
    watch({
      before: async ({ says }) => {
        if (!isFirst || !says.includes('#back') || !says.includes('TransactItems')) return;
        isFirst = false;
        await record(back(sells, 1, {}, START - DAY));
      },
    });
    expectOk(await admit(undo(mistaken)));
    watch({});
    expect(isFirst).toBe(false);
    expect([await stands(), await drifts()]).toEqual([7, []]);
    expect(await bring(back(sells, 3, {}, START - HOUR))).toMatchObject([{ outcome: 'held' }]);
    await record(back(sells, 2, {}, START - HOUR));
    expect([await stands(), await drifts()]).toEqual([9, []]);
  });
});

describe("Return of another stall's sale", () => {
  it('Live it names the stall of the sale, offline it is held; at home it is reversed once.', async () => {
    const elsewhere = await openShop(book, [0], 20);
    const [stranger] = elsewhere.phones as [Phone];
    const sells = sale(1);
    await record(sells);
    const back = () => stranger.write(tookBack(sells.number, { line: 1, item, quantity: 1 }));
    expect(await stranger.live(back())).toMatchObject({
      status: 422,
      problem: {
        code: 'SOLD_ELSEWHERE',
        location: shop.location,
        name: 'A stall',
        detail: `${sells.number} was sold at A stall (${shop.location}): return it there.`,
      },
    });
    expect(expectOk(await stranger.sync([back()])).outcomes).toMatchObject([
      { outcome: 'held', problem: { code: 'SOLD_ELSEWHERE' } },
    ]);
    expect(await elsewhere.rows()).toEqual(new Map());
    const unknown = stranger.write(tookBack(`ZZZZZ${sells.number.slice(5)}`, { line: 1, item, quantity: 1 }));
    expect(expectOk(await stranger.sync([unknown])).outcomes).toMatchObject([
      { outcome: 'held', problem: { code: 'VOUCHER_UNKNOWN' } },
    ]);
    await record(phone.write(tookBack(sells.number, { line: 1, item, quantity: 1 })));
  });

  it('It says from when the stall of the sale takes nothing back.', async () => {
    const elsewhere = await openShop(book, [0], 20);
    const [stranger] = elsewhere.phones as [Phone];
    const sells = sale(1);
    await record(sells);
    const path = { kind: 'outlets' as const, id: shop.location };
    const close = async (statusFrom?: string) => {
      const { entry, version } = expectOk(await book.admin.getEntry({ path }));
      const body = { ...entry, status: 'closed', ...(statusFrom && { statusFrom }) };
      expectOk(await book.admin.putEntry({ path, body: body as never, ifMatch: version }));
      return stranger.live(stranger.write(tookBack(sells.number, { line: 1, item, quantity: 1 })));
    };
    const where = `${sells.number} was sold at A stall (${shop.location})`;
    expect(await close('2027-01-01')).toMatchObject({
      problem: {
        detail: `${where}: return it there. It closes: from 2027-01-01 it takes nothing back.`,
        closedFrom: '2027-01-01',
      },
    });
    const today = book.clock.now().slice(0, 10);
    expect(await close(today)).toMatchObject({
      problem: { code: 'SOLD_ELSEWHERE', detail: expect.stringContaining(`${where}, which is closed from ${today}`) },
    });
  });
});

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];

const item = 'LKO-KURTA-01';

const bring = async (...written: Written[]) => expectOk(await phone.sync(written)).outcomes;

const record = async (...written: Written[]) => {
  const outcomes = await bring(...written);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(written.map(() => 'recorded'));
  return outcomes;
};

const sale = (quantity: number, at = START - 3 * DAY) => phone.write(sold({ item, quantity }), at);

const back = ({ number }: Written, quantity: number, more: object = {}, at = START - 3 * DAY + HOUR) =>
  phone.write({ ...tookBack(number, { line: 1, item, quantity }), ...more }, at);

/** The reversal of a return, as it has to be. */
const undo = ({ number, claim }: Written, more: object = {}, at = START - 2 * DAY, by = phone) => {
  const { lines, refund, basket } = claim as unknown as {
    lines: { item: string; quantity: number }[];
    refund: object;
    basket?: string;
  };
  return by.write(
    {
      kind: 'V',
      of: number,
      reason: 'mistake',
      goods: 'to shelf',
      refund,
      ...(basket && { basket }),
      lines: lines.map((line, n) => ({ item: line.item, quantity: line.quantity, line: n + 1 })),
      ...more,
    },
    at,
  );
};

/** Brought, held, and admitted by an officer; or why not. */
const admit = async (written: Written) => {
  const [held] = await bring(written);
  if (held?.outcome !== 'held') throw new Error(`it was ${held?.outcome}`);
  expect(held.problem.code).toBe('NEEDS_OFFICER');
  const officer = await book.as('officer', 'district:LKO');
  const path = { location: shop.location, held: held.held };
  return officer.settleHeld({ path, body: { do: 'admit', why: 'the wrong bill' }, ifMatch: 1 });
};

const stands = async () => (await shop.onHand())[item];

const drifts = async () =>
  (await reconcileLocation(StockLocationId.parse(shop.location), 'the whole book', allStores())).drifts;

const closes = async () => {
  await closeAt(shop.location);
  return latestCloseByDay(shop.location);
};

const exchange = { refund: [{ tender: 'exchange', amount: PRICE }], basket: 'B-7' };

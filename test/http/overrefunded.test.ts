import { beforeEach, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { sweep } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';

checkAnswersAgainstContract();

const PIECES = 10;
const MOST_BY_ITSELF = 990;
const [item = ''] = kurtas(1);
const book = useBook();
let shop: Shop;
let phone: Phone;
let other: Phone;
beforeEach(async () => {
  shop = await openShop(book, [0, 0]);
  [phone, other] = shop.phones as [Phone, Phone];
  await live(received({ item, quantity: 50 }));
});

describe('Refunds of a sale that exceed what was paid', () => {
  it('Ten offline parts that each fit open one alert, in rupees, and a repeat opens no other.', async () => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    const written = parts(number, PIECES);
    await recorded(...written);
    await phone.sync(written);
    await sweep(shop.location);
    const [alert, ...more] = await alerts();
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ ...tooMuch, about: number, level: 'district', episode: 1 });
    const { says } = alert as unknown as { says: { en: string; hi: string } };
    expect(says.en).toContain('gave back ₹99 more than was due');
    expect(says.hi).toContain('देय से ₹99 ज़्यादा');
  });

  it.each([
    ['in reverse, a call each', (n: number) => [...Array(n).keys()].toReversed()],
    ['the middle first', (n: number) => [...Array(n).keys()].toSorted((one, two) => ((one * 7) % n) - ((two * 7) % n))],
  ])('The order of arrival plays no part: %s.', async (_how, order) => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    const written = parts(number, PIECES);
    for (const at of order(PIECES)) await recorded(...written.slice(at, at + 1));
    expect(await alerts()).toMatchObject([{ ...tooMuch, about: number }]);
  });

  it('Parts that come before their sale open it when the sale comes.', async () => {
    const sale = other.write(sold({ item, quantity: PIECES }));
    await recorded(...parts(sale.number, PIECES));
    expect(await alerts()).toEqual([]);
    expectOk(await other.sync([sale]));
    expect(await alerts()).toMatchObject([{ ...tooMuch, about: sale.number }]);
  });

  it('Parts before and after the sale count together.', async () => {
    const sale = other.write(sold({ item, quantity: PIECES }));
    const written = parts(sale.number, PIECES);
    await recorded(...written.slice(0, 4));
    expectOk(await other.sync([sale]));
    await recorded(...written.slice(4));
    expect(await alerts()).toMatchObject([{ ...tooMuch, about: sale.number }]);
  });

  it('Rounding that a live till may give opens none, and the live last part corrects the sum.', async () => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    await recorded(...parts(number, 3, 99));
    expect(await alerts()).toEqual([]);
    await live(part(number, -297, PIECES - 3));
    expect(await alerts()).toEqual([]);
  });

  it('Exact parts open none.', async () => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    await recorded(...parts(number, PIECES, 0));
    expect(await alerts()).toEqual([]);
  });

  it('A reversed return resolves it by the sweep.', async () => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    const written = phone.write(part(number));
    await recorded(written);
    expect(await alerts()).toMatchObject([{ state: 'open', figures: { given: PRICE + MOST_BY_ITSELF, due: PRICE } }]);
    const { refund } = part(number);
    const undo = { ...tookBack(written.number, { line: 1, item, quantity: 1 }), reason: 'mistake', refund };
    const reversal = phone.write(undo);
    const path = { location: shop.location, number: reversal.number };
    expectOk(await book.admin.recordVoucher({ path, body: reversal.claim as never }));
    await sweep(shop.location);
    expect(await alerts()).toMatchObject([{ state: 'resolved' }]);
  });

  it('A held return that an officer admits opens it at once.', async () => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    const now = book.clock.now();
    const written = phone.write(part(number), Date.parse(now) + 3 * 3_600_000);
    expect(expectOk(await phone.sync([written])).outcomes).toMatchObject([{ outcome: 'held' }]);
    expect(await alerts()).toEqual([]);
    const [held] = expectOk(await book.admin.listHeld({ path: { location: shop.location } })).held;
    const path = { location: shop.location, held: String(held?.held) };
    const body = { do: 'admit', why: 'the clock was wrong', occurredAt: now } as never;
    expectOk(await book.admin.settleHeld({ path, body, ifMatch: Number(held?.version) }));
    expect(await alerts()).toMatchObject([
      { about: number, state: 'open', figures: { given: PRICE + MOST_BY_ITSELF, due: PRICE } },
    ]);
  });

  it("An officer's acknowledgement resolves it until more is given back.", async () => {
    const { number } = await live(sold({ item, quantity: PIECES }));
    await recorded(phone.write(part(number)));
    const path = { location: shop.location, alert: `overrefunded:${number}` };
    const officer = await book.as('officer', 'district:LKO');
    expect(expectOk(await officer.acknowledgeAlert({ path, body: {}, ifMatch: 1 }))).toMatchObject({
      state: 'resolved',
    });
    await sweep(shop.location);
    expect(await alerts()).toMatchObject([{ state: 'resolved', episode: 1 }]);
    await recorded(phone.write(part(number)));
    expect(await alerts()).toMatchObject([
      { state: 'open', episode: 2, figures: { given: 2 * (PRICE + MOST_BY_ITSELF) } },
    ]);
  });
});

type Says = Parameters<Phone['write']>[0];
const live = async (says: Says) => expectOk(await phone.live(phone.write(says)));
const recorded = async (...written: Parameters<Phone['sync']>[0]) => {
  const { outcomes } = expectOk(await phone.sync(written));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(written.map(() => 'recorded'));
};
const part = (sale: string, excess = MOST_BY_ITSELF, quantity = 1) => ({
  ...tookBack(sale, { line: 1, item, quantity }),
  refund: [{ tender: 'cash', amount: quantity * PRICE + excess }],
});
const parts = (sale: string, many: number, excess?: number) =>
  Array.from({ length: many }, () => phone.write(part(sale, excess)));
const alerts = () => exceptionAlertsIn(book.admin, { location: shop.location }, 'overrefunded');
const paid = PIECES * PRICE;
const tooMuch = { about: expect.any(String), state: 'open', figures: { given: paid + 9_900, due: paid } };

import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { sweep } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, type Shop } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let phone: Phone;

beforeAll(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  const enter = async (id: string, more: object) => {
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: 'LKO-KURTA-01' } }));
    const prices = [{ from: '2026-04-01', price: 85_000, mrp: 90_000, gstBasisPoints: 500, ...more }];
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: { ...entry, prices } }));
  };
  await enter(KURTA, {});
  await enter(FLOOR_OF_ITS_OWN, { floor: 60_000 });
});

describe('Live sale below the floor price', () => {
  it('It is refused without a reason, such as 850 typed for a kurta of 850 rupees.', async () => {
    const answer = await live({ unitPrice: 850 });
    expect(outcomeOf(answer)).toBe('422 PRICE_BELOW_FLOOR');
    expect(answer).toMatchObject({
      problem: {
        fields: [{ path: 'lines.0.unitPrice', problem: '850 paise each, below the floor price of 42500 paise each' }],
      },
    });
    expect(await shop.onHand()).toEqual({});
  });

  it.each([
    ['half the price is enough', { unitPrice: 42_500 }, 201],
    ['a paisa less is not', { unitPrice: 42_499 }, '422 PRICE_BELOW_FLOOR'],
    ['a discount counts', { unitPrice: 85_000, quantity: 2, discount: 85_001 }, '422 PRICE_BELOW_FLOOR'],
    ['a discount down to the floor is allowed', { unitPrice: 85_000, quantity: 2, discount: 85_000 }, 201],
    ['a floor of its own counts', { item: FLOOR_OF_ITS_OWN, unitPrice: 59_999 }, '422 PRICE_BELOW_FLOOR'],
    ['and it is enough', { item: FLOOR_OF_ITS_OWN, unitPrice: 60_000 }, 201],
    ['a gift is not', { unitPrice: 0 }, '422 PRICE_BELOW_FLOOR'],
  ])('%s', async (_says, line, outcome) => {
    expect(outcomeOf(await live(line))).toBe(outcome);
  });

  it('With a reason it is recorded, keeps the reason, and opens no alert.', async () => {
    const { number, claim } = expectOk(await live({ unitPrice: 850, reason: 'torn seam' }));
    const kept = expectOk(await shop.client.getVoucher({ path: { location: shop.location, number } }));
    expect(kept.claim).toEqual(claim);
    expect(kept.claim).toMatchObject({ lines: [{ unitPrice: 850, reason: 'torn seam' }] });
    expect(await alerts()).toEqual([]);
  });
});

describe('Offline sale below the floor price', () => {
  it('It is recorded, with one alert to the district however often it is sent.', async () => {
    const { written, number, voucher } = await offline({ unitPrice: 850 });
    expect(voucher.outcome).toMatchObject({ total: 850, belowFloor: [1] });
    const kept = expectOk(await shop.client.getVoucher({ path: { location: shop.location, number } }));
    expect(kept).toEqual(voucher);
    expectOk(await phone.sync([written]));
    await sweep(shop.location);
    const found = (await alerts()).filter(({ about }) => about === number);
    expect(found).toMatchObject([
      {
        level: 'district',
        state: 'open',
        episode: 1,
        version: 1,
        figures: { lines: [{ line: 1, item: KURTA, amount: 850 }] },
      },
    ]);
    const { en } = (found[0] as unknown as { says: { en: string } }).says;
    expect(en).toContain('₹8.50 for LKO-KURTA-850');
  });

  it('With a reason it opens no alert.', async () => {
    const { number, voucher } = await offline({ unitPrice: 850, reason: 'torn seam' });
    expect(voucher.outcome).not.toHaveProperty('belowFloor');
    expect((await alerts()).map(({ about }) => about)).not.toContain(number);
  });

  it('An officer, not the stall, resolves the alert by acknowledging, and it stays resolved.', async () => {
    const { number, written } = await offline({ unitPrice: 900 });
    const path = { location: shop.location, alert: `underpriced:${number}` };
    const byStall = expectOk(await shop.client.acknowledgeAlert({ path, body: {}, ifMatch: 1 }));
    expect(byStall.state).toBe('acknowledged');
    const officer = await book.as('officer', 'district:LKO');
    const settled = expectOk(await officer.acknowledgeAlert({ path, body: {}, ifMatch: 2 }));
    expect(settled).toMatchObject({ state: 'resolved' });
    expect(expectOk(await officer.acknowledgeAlert({ path, body: {}, ifMatch: 2 }))).toEqual(settled);
    expectOk(await phone.sync([written]));
    await sweep(shop.location);
    expect((await alerts()).filter(({ about }) => about === number)).toMatchObject([{ state: 'resolved', episode: 1 }]);
  });

  it('Reversing the sale resolves the alert.', async () => {
    const { number } = await offline({ unitPrice: 950 });
    const back = phone.write({
      kind: 'V',
      of: number,
      reason: 'mistake',
      goods: 'to shelf',
      lines: [{ line: 1, item: KURTA, quantity: 1 }],
      refund: [{ tender: 'cash', amount: 950 }],
    });
    expectOk(await phone.live(back));
    await sweep(shop.location);
    expect((await alerts()).filter(({ about }) => about === number)).toMatchObject([{ state: 'resolved' }]);
  });
});

const KURTA = 'LKO-KURTA-850';

const FLOOR_OF_ITS_OWN = 'LKO-KURTA-F60';

const saleOf = (line: { unitPrice: number; quantity?: number; discount?: number; [field: string]: unknown }) => {
  const { quantity = 1, discount = 0, unitPrice } = line;
  return {
    kind: 'S',
    lines: [{ item: KURTA, quantity: 1, ...line }],
    payments: [{ tender: 'cash', amount: quantity * unitPrice - discount }],
  };
};

const live = (line: Parameters<typeof saleOf>[0]) => phone.live(phone.write(saleOf(line)), { goodsInHand: true });

const alerts = () => exceptionAlertsIn(book.admin, { location: shop.location }, 'underpriced');

const offline = async (line: Parameters<typeof saleOf>[0]) => {
  const written = phone.write(saleOf(line));
  const [outcome] = expectOk(await phone.sync([written])).outcomes;
  if (outcome?.outcome !== 'recorded') throw new Error(JSON.stringify(outcome));
  return { ...outcome, written };
};

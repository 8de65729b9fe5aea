import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt } from '../kit/day-closes.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, type Shop } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let phone: Phone;

beforeAll(async () => {
  expectOk(await book.admin.importEntries({ path: { kind: 'items' }, body: CSV }));
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  const lines = [
    { item: LACE, quantity: '50 metre' },
    { item: HONEY, quantity: '10 kg' },
  ];
  expectOk(await phone.live(phone.write(received(...lines))));
});

it('2.35 metre at 185 rupees a metre is 434.75 rupees, and takes 2,350 mm off the shelf.', async () => {
  const before = (await shop.onHand())[LACE] ?? 0;
  const voucher = expectOk(await live(LACE, '2.35 metre', 18_500, 43_475));
  expect(voucher.outcome).toMatchObject({ total: 43_475, quantities: [2_350] });
  expect(voucher.claim).toMatchObject({ lines: [{ quantity: '2.35 metre', unitPrice: 18_500 }] });
  expect((await shop.onHand())[LACE]).toBe(before - 2_350);
  const path = { location: shop.location, number: voucher.number };
  expect(expectOk(await shop.client.getVoucher({ path }))).toEqual(voucher);
});

it('An offline sale of 250 gram at 62.50 rupees a kg is rounded once, half up.', async () => {
  const sale = phone.write(saleOf(HONEY, '250 gram', 6_250, 1_563));
  const [outcome] = expectOk(await phone.sync([sale])).outcomes;
  expect(outcome).toMatchObject({ outcome: 'recorded', voucher: { outcome: { total: 1_563, quantities: [250] } } });
});

describe('Refused prices per measure', () => {
  it.each([
    ['above the MRP per metre', [LACE, '1 metre', 20_001, 20_001], '422 PRICE_ABOVE_MRP'],
    ['below the floor price per metre', [LACE, '2 metre', 185, 370], '422 PRICE_BELOW_FLOOR'],
    ['where the payment is a paisa off', [LACE, '2.35 metre', 18_500, 43_476], '422 PAYMENT_MISMATCH'],
    ['where it is no whole number of base units', [LACE, '0.0005 metre', 18_500, 9], '422 QUANTITY_NOT_WHOLE'],
    ['in a unit that the item does not have', [LACE, '2 kg', 18_500, 37_000], '422 QUANTITY_NOT_WHOLE'],
    ['where 2 may be millimetres or metres', [LACE, 2, 18_500, 37], '422 UNIT_NEEDED'],
    [
      'where the discount is more than the line',
      [LACE, '1 metre', 18_500, 0, { discount: 18_501 }],
      '422 INVALID_REQUEST',
    ],
  ] as [string, Parameters<typeof saleOf>, string][])('%s', async (_says, sale, outcome) => {
    const refused = outcomeOf(await live(...sale));
    expect(String(refused).replace('400', '422')).toBe(outcome);
  });
});

it('A line returned in three parts refunds exactly what was paid.', async () => {
  const { number } = expectOk(await live(LACE, '1.001 metre', 18_500, 18_519));
  const parts = [
    [333, 6_161],
    [333, 6_160],
    [335, 6_198],
  ];
  for (const [quantity, amount] of parts) {
    const back = phone.write({
      kind: 'V',
      of: number,
      reason: 'return',
      goods: 'to shelf',
      lines: [{ line: 1, item: LACE, quantity }],
      refund: [{ tender: 'cash', amount }],
    });
    const answer = await phone.live(back);
    expect([outcomeOf(answer), answer]).toMatchObject([201, { body: { outcome: { refunded: amount } } }]);
  }
  expect(parts.reduce((sum, [, amount = 0]) => sum + amount, 0)).toBe(18_519);
});

it('The day closes with what was paid for each item.', async () => {
  book.clock.set('2026-11-22T19:00:00Z');
  await closeAt(shop.location);
  const client = await book.as('outlet', `location:${shop.location}`);
  const { close } = expectOk(await client.getDay({ path: { location: shop.location, day: '2026-11-22' } }));
  expect(close?.items.find(({ item }) => item === LACE)).toMatchObject({
    sold: 3_351,
    amount: 43_475 + 18_519,
    returned: 1_001,
  });
});

const LACE = 'LKO-LACE';

const HONEY = 'LKO-HONEY';

const COLUMNS =
  'id,name,nameHi,product,seller,unit,units,hsn,from,price_rupees,mrp_rupees,per,gst_percent,reorderPoint';

const CSV = [
  COLUMNS,
  `${LACE},Lace,गोटा,KURTA,LKO1,millimetre,metre=1000,5804,2026-04-01,185,200,metre,5,0`,
  `${HONEY},Honey,शहद,KURTA,LKO1,gram,kg=1000,0409,2026-04-01,62.50,70,kg,5,0`,
].join('\n');

const saleOf = (item: string, quantity: string | number, unitPrice: number, amount: number, more: object = {}) => ({
  kind: 'S',
  lines: [{ item, quantity, unitPrice, ...more }],
  payments: [{ tender: 'cash', amount }],
});

const live = (...sale: Parameters<typeof saleOf>) => phone.live(phone.write(saleOf(...sale)));

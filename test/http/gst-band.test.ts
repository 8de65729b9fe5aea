import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { holdToContract } from '../kit/declared.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

holdToContract();

const GOWN = 'LKO-GOWN';
let book: Book;
let phone: Phone;

beforeAll(async () => {
  book = await openBook();
  expectOk(await enter(GOWN, { price: 300_000, gstBasisPoints: 1_800 }));
  const shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});
afterAll(() => book.close());

const enter = async (id: string, price: object, more: object = {}) => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: kurtas(1)[0] ?? '' } }));
  const prices = [{ from: '2026-04-01', mrp: 400_000, floor: 0, ...price }];
  return book.admin.putEntry({ path: { kind: 'items', id }, body: { ...entry, prices, ...more } as never });
};
const gown = (unitPrice: number, discount = 0, quantity = 1) =>
  phone.write({
    kind: 'S',
    lines: [{ item: GOWN, quantity, unitPrice, discount }],
    payments: [{ tender: 'cash', amount: quantity * unitPrice - discount }],
  });
const inHand = { goodsInHand: true };

it('A garment is taxed by its value after the discount.', async () => {
  const rates = [];
  for (const [discount, quantity] of [
    [0, 1],
    [4_999, 1],
    [37_500, 1],
    [75_000, 2],
  ] as const) {
    const { outcome } = expectOk(await phone.live(gown(300_000, discount, quantity), inHand));
    rates.push('tax' in outcome && outcome.tax?.map(({ gstBasisPoints }) => gstBasisPoints));
  }
  expect(rates).toEqual([[1_800], [1_800], [500], [500]]);
});

it('A discount into the gap is refused with both lawful prices, and nothing is recorded.', async () => {
  const written = gown(300_000, 20_000);
  const met = await phone.live(written, inHand);
  expect(met).toMatchObject({
    status: 422,
    problem: {
      code: 'GST_RATE_MISMATCH',
      fields: [
        {
          path: 'lines.0.unitPrice',
          problem: 'no rate fits: at most 262500 paise a piece (5 %) or at least 295001 (18 %)',
        },
      ],
    },
  });
  expect(outcomeOf(await phone.live({ ...written, ...gown(300_000, 37_500), number: written.number }, inHand))).toBe(
    201,
  );
});

it('What was sold offline in the gap is recorded at the listed rate.', async () => {
  const [outcome] = expectOk(await phone.sync([gown(300_000, 20_000)])).outcomes;
  expect(outcome).toMatchObject({
    outcome: 'recorded',
    voucher: { outcome: { tax: [{ gstBasisPoints: 1_800 }] } },
  });
});

it('A declared handicraft keeps its entered rate at any price.', async () => {
  expect(outcomeOf(await enter('LKO-SHAWL', { price: 270_000, gstBasisPoints: 500 }))).toBe('422 GST_RATE_MISMATCH');
  expect(outcomeOf(await enter('LKO-SHAWL', { price: 270_000, gstBasisPoints: 500 }, { handicraft: true }))).toBe(201);
});

it('A file with a price in the gap is not imported.', async () => {
  const columns = 'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint';
  const body = `${columns}\nLKO-COAT,Coat,कोट,KURTA,LKO1,piece,6201,2026-04-01,2700,3000,5,0`;
  expect(await book.admin.importEntries({ path: { kind: 'items' }, body } as never)).toMatchObject({
    problem: { code: 'IMPORT_REFUSED', fields: [{ path: 'line 2, price_rupees' }] },
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

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

it.each([
  [37_500, 1, 500],
  [37_499, 1, undefined],
  [5_000, 1, undefined],
  [4_999, 1, 1_800],
  [74_999, 2, undefined],
  [75_000, 2, 500],
  [9_999, 2, 1_800],
  [15_000, 3, undefined],
])('A discount of %i paise on %i gowns at ₹3,000 means rate %s, to the paisa.', async (discount, quantity, rate) => {
  const met = await phone.live(gown(300_000, discount, quantity), inHand);
  if (rate === undefined) expect(outcomeOf(met)).toBe('422 GST_RATE_MISMATCH');
  else expect(expectOk(met).outcome).toMatchObject({ tax: [{ gstBasisPoints: rate }] });
});

it.each([
  [262_500, 500, undefined],
  [262_501, 500, 'no rate fits: at most 262500 paise a piece (5 %) or at least 295001 (18 %)'],
  [295_000, 1_800, 'no rate fits: at most 262500 paise a piece (5 %) or at least 295001 (18 %)'],
  [295_001, 1_800, undefined],
  [262_500, 1_800, '262500 paise are taxed at 5 %, which is 500'],
])('A garment listed at %i paise and %i basis points: %s', async (price, gstBasisPoints, problem) => {
  const met = await enter(`LKO-COAT-${price}-${gstBasisPoints}`, { price, gstBasisPoints });
  if (problem === undefined) expect(outcomeOf(met)).toBe(201);
  else expect(met).toMatchObject({ problem: { code: 'GST_RATE_MISMATCH', fields: [{ problem }] } });
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
  expect(await book.admin.importEntries({ path: { kind: 'items' }, body })).toMatchObject({
    problem: { code: 'IMPORT_REFUSED', fields: [{ path: 'line 2, price_rupees' }] },
  });
});

const BAG = 'LKO-BAG';
const columns = 'id,name,from,condition,up_to_rupees,gst_percent,notification,notifiedOn';
const importRates = (...lines: readonly string[]) =>
  book.admin.importEntries({ path: { kind: 'rates' }, body: [columns, ...lines].join('\n') });
const sellBag = async () => {
  const claim = { kind: 'S', lines: [{ item: BAG, quantity: 1, unitPrice: 100_000 }] };
  const written = phone.write({ ...claim, payments: [{ tender: 'cash', amount: 100_000 }] });
  return phone.live(written, inHand);
};
const rateSold = async () => {
  const { outcome } = expectOk(await sellBag());
  return 'tax' in outcome && outcome.tax?.[0]?.gstBasisPoints;
};

it('An item without a rate of its own follows the schedule on the day of the sale.', async () => {
  const price = { price: 100_000 };
  expect(outcomeOf(await enter(BAG, price, { hsn: '4202' }))).toBe('422 GST_RATE_MISMATCH');
  expectOk(await importRates('4202,Bags,2017-07-01,,,18,1/2017-CT(R),2017-06-28'));
  expectOk(await enter(BAG, price, { hsn: '4202' }));
  expect(await rateSold()).toBe(1_800);
  expectOk(await importRates('4202-LATER,Bags,2026-11-23,,,12,a later one,2026-11-20'));
  expectOk(await importRates('4202-HANDMADE,Bags,2025-09-22,handmade,,5,13/2025-CT(R),2025-09-17'));
  expect(await rateSold()).toBe(1_800);
});

it('A bad row of the schedule names its line and column.', async () => {
  const met = await importRates(
    '7419,Brass,2025-09-22,,,5,9/2025-CT(R),2025-09-17',
    '74,Brass,2025-09-22,polished,,5,9/2025-CT(R),2025-09-17',
    'BRASS,Brass,2025-09-22,,,45,,2025-09-17',
  );
  expect(met).toMatchObject({ problem: { code: 'IMPORT_REFUSED' } });
  const paths = ['line 3, condition', 'line 4, id', 'line 4, gst_percent', 'line 4, notification'];
  expect(met).toMatchObject({ problem: { fields: paths.map((path) => ({ path })) } });
});

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

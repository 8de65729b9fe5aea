import { beforeAll, describe, expect, it } from 'vitest';
import { Bill } from '../../shared/billing/bill.ts';
import { renderBillHtml } from '../../shared/billing/bill-html.ts';
import { gstinCheckDigit } from '../../shared/kernel/gstin.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let phone: Phone;

beforeAll(async () => {
  await change('sellers', 'LKO1', { address: '12 Chowk, Lucknow', pinCode: '226003' });
  await change('items', exempt, pricedAt(PRICE, 0));
  await change('items', chest, pricedAt(CHEST, 500));
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  expectOk(await phone.live(phone.write(received({ item, quantity: 50 }))));
});

describe('A sale to a registered buyer', () => {
  it('One of another State pays IGST, and the bill names them.', async () => {
    const { number, outcome } = await record(saleTo(DELHI));
    expect(outcome).toMatchObject({ total: PRICE, placeOfSupply: '07', tax: [IGST] });
    expect(await billOf(number)).toMatchObject({
      document: 'tax-invoice',
      buyer: DELHI,
      placeOfSupply: '07',
      lines: [{ ...IGST, amount: PRICE }],
      taxes: [IGST],
      taxable: 9_524,
      cgst: 0,
      sgst: 0,
      igst: 476,
      total: PRICE,
    });
  });

  it('One of Uttar Pradesh pays CGST and SGST.', async () => {
    const { number, outcome } = await record(saleTo(KANPUR));
    expect(outcome).toMatchObject({ tax: [HALVES] });
    expect(outcome).not.toHaveProperty('placeOfSupply');
    const bill = await billOf(number);
    expect(bill).toMatchObject({ buyer: KANPUR, placeOfSupply: '09' });
    expect(bill).not.toHaveProperty('igst');
  });

  it('A return gives back IGST, in parts that add up.', async () => {
    const { number } = await record({ ...sold({ item, quantity: 3 }), buyer: DELHI });
    const one = await record(tookBack(number, { line: 1, item, quantity: 1 }));
    const rest = await record(tookBack(number, { line: 1, item, quantity: 2 }));
    expect(one.outcome).toMatchObject({ tax: [IGST] });
    expect(rest.outcome).toMatchObject({ tax: [{ ...IGST, taxable: 19_047, igst: 953 }] });
    expect(await billOf(one.number)).toMatchObject({
      document: 'credit-note',
      against: { number },
      buyer: DELHI,
      placeOfSupply: '07',
      igst: 476,
    });
  });

  it('Exempt goods need a sale of their own.', async () => {
    const claim = saleTo(KANPUR, item, exempt);
    expect(await phone.live(phone.write(claim), { goodsInHand: true })).toMatchObject({
      problem: { code: 'INVALID_REQUEST', fields: [{ path: 'lines.1.item' }] },
    });
    const { number } = await record(saleTo(KANPUR, exempt));
    expect(await billOf(number)).toMatchObject({ document: 'bill-of-supply', buyer: KANPUR });
  });

  it('The page shows the buyer and IGST, in both languages.', async () => {
    const bill = Bill.parse(await billOf((await record(saleTo(DELHI))).number));
    for (const word of [DELHI.name, DELHI.gstin, DELHI.address, 'IGST', 'Delhi (07)'])
      expect(renderBillHtml(bill, 'en')).toContain(word);
    expect(renderBillHtml(bill, 'en')).not.toContain('CGST');
    expect(renderBillHtml(bill, 'hi')).toContain('आईजीएसटी');
  });
});

describe('A sale to a stranger whose State is recorded', () => {
  it('It is supplied at the stall, unless the State says otherwise.', async () => {
    const { number, outcome } = await record(saleTo({ state: '27' }));
    expect(outcome).toMatchObject({ tax: [HALVES] });
    expect(await billOf(number)).toMatchObject({ buyer: { state: '27' }, placeOfSupply: '09' });
  });

  it('A State that does not exist is named in the error.', async () => {
    expect(await phone.live(phone.write(saleTo({ state: '28' })))).toMatchObject({
      problem: {
        code: 'INVALID_REQUEST',
        fields: [{ path: 'buyer.state', problem: 'a State of GST is two digits, such as 09' }],
      },
    });
  });

  it('Name and address need a bill of 50,000 rupees.', async () => {
    const buyer = { state: '27', name: 'Asha', address: 'Pune' };
    expect(await phone.live(phone.write(saleTo(buyer)))).toMatchObject({
      problem: { code: 'INVALID_REQUEST', fields: [{ path: 'buyer.name' }] },
    });
    const bill = await billOf((await record(chestTo(buyer))).number);
    expect(bill).toMatchObject({ buyer });
    expect(bill).not.toHaveProperty('needsBuyer');
    expect(await billOf((await record(chestTo(undefined))).number)).toMatchObject({ needsBuyer: true });
  });
});

describe('With the setting of the State', () => {
  beforeAll(() => change('states', '09', { buyersStateFrom: '2026-04-01' }));

  it('The recorded State is the place of supply.', async () => {
    const { outcome } = await record(saleTo({ state: '27' }));
    expect(outcome).toMatchObject({ placeOfSupply: '27', tax: [IGST] });
    expect((await record(saleTo({ state: '09' }))).outcome).toMatchObject({ tax: [HALVES] });
    expect((await record(saleTo(undefined))).outcome).toMatchObject({ tax: [HALVES] });
  });
});

const [item = '', exempt = '', chest = ''] = kurtas(3);

const CHEST = 5_250_000;

const gstin = (first14: string) => first14 + gstinCheckDigit(first14);

const DELHI = { gstin: gstin('07AAACG2115R1Z'), name: 'Crafts of India', address: '1 Janpath, New Delhi' };

const KANPUR = { ...DELHI, gstin: gstin('09AAACG2115R1Z') };

/** ₹100 with 5 %. */
const IGST = { gstBasisPoints: 500, taxable: 9_524, cgst: 0, sgst: 0, igst: 476 };

const HALVES = { gstBasisPoints: 500, taxable: 9_524, cgst: 238, sgst: 238 };

const change = async (kind: 'sellers' | 'states' | 'items', id: string, fields: object) => {
  const path = { kind, id };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, ...fields }, ifMatch: version }));
};

const pricedAt = (price: number, gstBasisPoints: number) => ({
  handicraft: true,
  prices: [{ from: '2026-04-01', price, mrp: price, gstBasisPoints }],
});

const saleTo = (buyer: object | undefined, ...items: string[]) => ({
  ...sold(...(items.length > 0 ? items : [item]).map((one) => ({ item: one, quantity: 1 }))),
  ...(buyer && { buyer }),
});

const chestTo = (buyer: object | undefined) => ({
  ...saleTo(buyer),
  lines: [{ item: chest, quantity: 1, unitPrice: CHEST }],
  payments: [{ tender: 'upi', amount: CHEST }],
});

const record = async (claim: Parameters<Phone['write']>[0]) =>
  expectOk(await phone.live(phone.write(claim), claim.kind === 'S' ? { goodsInHand: true } : {}));

const billOf = async (number: string) =>
  expectOk(await shop.client.getBill({ path: { location: shop.location, number } }));

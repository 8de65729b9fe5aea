import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { dispatched, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [first = '', second = '', third = ''] = kurtas(3);
const STALL = { address: 'Stall 2, Lucknow Charbagh railway station', pinCode: '226001' };
const book = useBook();
let from: Shop;
let to: Shop;
let phone: Phone;

beforeAll(async () => {
  await change('sellers', 'LKO1', { address: '12 Chowk, Lucknow', pinCode: '226003' });
  [from, to] = [await openShop(book), await openShop(book)];
  for (const { location } of [from, to]) await change('outlets', location, STALL);
  [phone] = from.phones as [Phone];
  expectOk(await phone.live(phone.write(received(...[first, second, third].map((item) => ({ item, quantity: 500 }))))));
});

describe('The challan of a dispatch', () => {
  it('It has what rule 55 asks: number, both places, HSN, quantity and value.', async () => {
    const number = await send([
      { item: first, quantity: 6, unitCost: 52_000 },
      { item: second, quantity: 2 },
    ]);
    const challan = expectOk(await challanOf(number));
    expect(challan).toMatchObject({
      document: 'delivery-challan',
      number,
      day: '2026-11-22',
      seller: { name: 'Chikan Samiti', gstin: '09XXXZB0001X1ZN', address: '12 Chowk, Lucknow' },
      from: { location: from.location, name: 'A stall', ...STALL },
      to: { location: to.location, ...STALL },
      lines: [
        { item: first, hsn: '6211', uqc: 'PCS', quantity: '6', gstBasisPoints: 500, taxable: 312_000 },
        // Without a stated cost: the list price of ₹899 each, less its tax.
        { item: second, quantity: '2', taxable: 171_238 },
      ],
      taxable: 483_238,
      totalInWords: { en: 'Rupees four thousand eight hundred thirty-two and thirty-eight paise only' },
    });
  });

  it('A page and a PDF have three marked copies, in Hindi and English.', async () => {
    const number = await send([{ item: first, quantity: 1 }]);
    const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${from.location}`] });
    const get = (accept: string, language: string) =>
      ask(book, `/locations/${from.location}/vouchers/${number}/challan?language=${language}`, {
        token,
        headers: { accept },
      });
    const [english, hindi] = await Promise.all([
      get('text/html', 'en').then((page) => page.text()),
      get('text/html', 'hi').then((page) => page.text()),
    ]);
    for (const mark of ['Original for consignee', 'Duplicate for transporter', 'Triplicate for consignor'])
      expect(english.split(mark).length).toBe(2);
    expect(hindi).toContain('डिलीवरी चालान');
    expect(hindi.split('<main>').length).toBe(4);
    const pdf = await get('application/pdf', 'hi');
    expect([pdf.redirected, pdf.headers.get('content-type')]).toEqual([true, 'application/pdf']);
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.toString('latin1').match(/\/Type ?\/Page\b/g)?.length).toBe(3);
  });

  it('A sale, a cancelled dispatch and an unused number have no challan.', async () => {
    const sale = await record(sold({ item: first, quantity: 1 }));
    const cancelled = phone.write({ kind: 'D', cancelled: 'tapped twice' });
    expectOk(await phone.live(cancelled));
    expect(outcomeOf(await challanOf(sale))).toBe('422 NO_CHALLAN');
    expect(outcomeOf(await challanOf(cancelled.number))).toBe('422 NO_CHALLAN');
    const unused = phone.write(sold({ item: first, quantity: 1 })).number;
    expect(outcomeOf(await challanOf(unused))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await to.client.getChallan({ path: pathOf(sale) }))).toBe('403 FORBIDDEN');
  });

  it('Its addressee reads it too, with the same facts. A third place does not.', async () => {
    const number = await send([{ item: first, quantity: 4 }]);
    const own = expectOk(await challanOf(number));
    const at = (shop: Shop) => shop.client.getChallan({ path: { location: shop.location, number } });
    expect(expectOk(await at(to))).toEqual(own);
    const third = await openShop(book);
    expect(outcomeOf(await at(third))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await third.client.getChallan({ path: pathOf(number) }))).toBe('403 FORBIDDEN');
    const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${to.location}`] });
    const pdf = await ask(book, `/locations/${to.location}/vouchers/${number}/challan.pdf`, { token });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('A seller without GSTIN states no rate of tax.', async () => {
    const body = { name: 'Stall 2', station: 'PBE', district: 'PBT', sellers: ['PBT1'], ...STALL };
    expectOk(await book.admin.putEntry({ path: { kind: 'outlets', id: 'PBE-02' }, body }));
    await change('outlets', 'PBE-01', STALL);
    const flutes = await openPhone(book, 'PBE-01', 'PBT1');
    const item = 'PBT-FLUTE-C';
    expectOk(await flutes.live(flutes.write(received({ item, quantity: 2 }))));
    const dispatch = flutes.write({ kind: 'D', to: 'PBE-02', lines: [{ item, quantity: 2 }] });
    expectOk(await flutes.live(dispatch));
    const { number } = dispatch;
    const { lines, seller } = expectOk(await book.admin.getChallan({ path: { location: 'PBE-01', number } }));
    expect(seller.registration).toBe('unregistered');
    expect(lines.map((line) => 'gstBasisPoints' in line)).toEqual([false]);
  });

  it('It names goods that the sender took back, a part or all, in Hindi and English.', async () => {
    const number = await send([
      { item: first, quantity: 6 },
      { item: second, quantity: 2 },
    ]);
    const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${from.location}`] });
    const warningsOf = async (language: string) => {
      const path = `/locations/${from.location}/vouchers/${number}/challan?language=${language}`;
      const page = await (await ask(book, path, { token, headers: { accept: 'text/html' } })).text();
      return [...new Set(page.match(/[^<>]*(took|Reversed|वापस|वापसी)[^<>]*/g))];
    };
    expect([expectOk(await challanOf(number)).takenBack, await warningsOf('en')]).toEqual([undefined, []]);
    const part = await record(tookBack(number, { line: 1, item: first, quantity: 5 }));
    const { takenBack, reversals } = expectOk(await challanOf(number));
    expect(takenBack).toEqual([{ item: first, quantity: '5' }]);
    expect(reversals).toEqual([{ number: part, day: '2026-11-22' }]);
    expect(await warningsOf('en')).toEqual([
      'The sender took back: KURTA of LKO1 5 pcs',
      `Reversed by: ${part}, 22-11-2026`,
    ]);
    const rest = [
      { line: 1, item: first, quantity: 1 },
      { line: 2, item: second, quantity: 2 },
    ];
    const whole = await record(tookBack(number, ...rest));
    const numbers = `${part}, 22-11-2026; ${whole}, 22-11-2026`;
    expect(await warningsOf('en')).toEqual(['Reversed: the sender took all goods back.', `Reversed by: ${numbers}`]);
    expect(await warningsOf('hi')).toEqual([
      'यह भेजना रद्द है: भेजने वाले ने पूरा माल वापस ले लिया।',
      `वापसी की प्रविष्टि: ${numbers}`,
    ]);
    const atAddressee = expectOk(await to.client.getChallan({ path: { location: to.location, number } }));
    expect(atAddressee.reversals?.map((one) => one.number)).toEqual([part, whole]);
  });

  it('An address that the registry lacks is named, and once entered it is on the challan.', async () => {
    const bare = await openShop(book);
    const number = await send([{ item: first, quantity: 1 }], bare);
    const met = await challanOf(number);
    expect([outcomeOf(met), fieldsOf(met)]).toEqual(['409 BILL_INCOMPLETE', ['to.address']]);
    await change('outlets', bare.location, STALL);
    expect(outcomeOf(await challanOf(number))).toBe(200);
  });

  it('It stays the same to the byte after seller, places and item change.', async () => {
    const number = await send([
      { item: third, quantity: 3 },
      { item: third, quantity: 2, unitCost: 60_000 },
    ]);
    const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${from.location}`] });
    const page = async () =>
      (
        await ask(book, `/locations/${from.location}/vouchers/${number}/challan`, {
          token,
          headers: { accept: 'text/html' },
        })
      ).text();
    const before = [expectOk(await challanOf(number)), await page()];
    expect(before[0]).toMatchObject({ lines: [{ name: 'KURTA of LKO1', hsn: '6211', gstBasisPoints: 500 }, {}] });
    const prices = [{ from: '2026-04-01', price: 50_000, mrp: 60_000, gstBasisPoints: 500 }];
    await change('items', third, { name: 'Another name', nameHi: 'दूसरा', hsn: '6204', uqc: 'SET', prices });
    await change('sellers', 'LKO1', { name: 'Another Samiti', address: 'Elsewhere', pinCode: '226001' });
    for (const { location } of [from, to])
      await change('outlets', location, { name: 'Moved', address: 'Platform 9', pinCode: '226004' });
    const after = [expectOk(await challanOf(number)), await page()];
    await change('sellers', 'LKO1', { name: 'Chikan Samiti', address: '12 Chowk, Lucknow', pinCode: '226003' });
    for (const { location } of [from, to]) await change('outlets', location, { name: 'A stall', ...STALL });
    expect(after).toEqual(before);
  });

  it('A held dispatch has a challan once an officer has admitted it.', async () => {
    const item = 'LKO-CHALLAN-1';
    const written = phone.write(dispatched(to.location, { item, quantity: 2 }));
    const [held] = expectOk(await phone.sync([written])).outcomes;
    if (held?.outcome !== 'held') throw new Error('it is held');
    expect(await challanOf(written.number)).toMatchObject({
      status: 422,
      problem: {
        code: 'NO_CHALLAN',
        detail: `${written.number} is held: it has a challan once an officer has admitted it.`,
      },
    });
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: first } }));
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id: item }, body: entry }));
    const path = { location: from.location, held: held.held };
    expectOk(await book.admin.settleHeld({ path, body: { do: 'admit', why: 'the item is entered' }, ifMatch: 1 }));
    expect(expectOk(await challanOf(written.number)).lines).toMatchObject([{ item, quantity: '2', hsn: '6211' }]);
  });
});

describe('The e-way bill of a dispatch', () => {
  const ROAD = { distance: '8', vehicle: 'UP32AB1234' };

  it('Above ₹50,000 it is the file for the portal.', async () => {
    const number = await send([{ item: first, quantity: 30, unitCost: 200_000 }]);
    expect(expectOk(await ewayBillOf(number, ROAD))).toMatchObject({
      version: '1.0.0621',
      billLists: [
        {
          userGstin: '09XXXZB0001X1ZN',
          docType: 'CHL',
          subSupplyType: 5,
          docNo: number,
          docDate: '22/11/2026',
          fromPincode: 226_001,
          toAddr1: STALL.address,
          totInvValue: 60_000,
          vehicleNo: 'UP32AB1234',
          mainHsnCode: 6211,
          itemList: [{ quantity: 30, qtyUnit: 'PCS', taxableAmount: 60_000 }],
        },
      ],
    });
    const byRail = { mode: 'rail', distance: '8', document: 'RR-104', documentDate: '2026-11-22' };
    expect(expectOk(await ewayBillOf(number, byRail)).billLists[0]).toMatchObject({
      transMode: 2,
      transDocNo: 'RR-104',
      vehicleNo: '',
    });
  });

  it('All that is missing is listed at once.', async () => {
    const bare = await openShop(book);
    await change('outlets', bare.location, { address: STALL.address });
    const number = await send([{ item: first, quantity: 30, unitCost: 200_000 }], bare);
    const missing = await ewayBillOf(number, {});
    expect([outcomeOf(missing), fieldsOf(missing)]).toEqual([
      '422 EWAY_BILL_INCOMPLETE',
      ['to.pinCode', 'query.distance', 'query.vehicle'],
    ]);
    expect(fieldsOf(await ewayBillOf(number, { mode: 'rail', distance: '8' }))).toEqual([
      'to.pinCode',
      'query.document',
    ]);
    await change('outlets', bare.location, STALL);
    expect(fieldsOf(await ewayBillOf(number, { ...ROAD, distance: '101' }))).toEqual(['query.distance']);
    const early = { ...ROAD, document: 'LR-1', documentDate: '2026-11-21' };
    expect(fieldsOf(await ewayBillOf(number, early))).toEqual(['query.documentDate']);
    for (const bad of [{ distance: '0' }, { vehicle: 'a cart' }, { transporter: '09XXXZB0001X1ZZ' }, { mode: 'boat' }])
      expect(outcomeOf(await ewayBillOf(number, { ...ROAD, ...bad }))).toBe('400 INVALID_REQUEST');
  });

  it('Up to ₹50,000 it is refused as not needed, unless it is voluntary.', async () => {
    const number = await send([{ item: first, quantity: 25, unitCost: 200_000 }]);
    expect(await ewayBillOf(number, ROAD)).toMatchObject({
      problem: { code: 'EWAY_BILL_NOT_NEEDED', detail: expect.stringContaining('rule 138(1)') },
    });
    expect(outcomeOf(await ewayBillOf(number, { ...ROAD, voluntary: 'true' }))).toBe(200);
  });

  it('After goods were taken back there is none, and the goods that still travel need another dispatch.', async () => {
    const lines = [{ item: second, quantity: 40, unitCost: 200_000 }];
    const number = await send(lines);
    expect(outcomeOf(await ewayBillOf(number, ROAD))).toBe(200);
    await record(tookBack(number, { line: 1, item: second, quantity: 10 }));
    const refused = await ewayBillOf(number, { ...ROAD, voluntary: 'true' });
    expect(refused).toMatchObject({
      status: 422,
      problem: { code: 'DISPATCH_TAKEN_BACK', detail: `Goods of ${number} were taken back.` },
    });
    expect(outcomeOf(await challanOf(number))).toBe(200);
    await record(tookBack(number, { line: 1, item: second, quantity: 30 }));
    expect(outcomeOf(await ewayBillOf(number, ROAD))).toBe('422 DISPATCH_TAKEN_BACK');
    expect(outcomeOf(await ewayBillOf(await send([{ ...lines[0], quantity: 30 }] as Line[]), ROAD))).toBe(200);
  });

  it('A PIN code of another State is refused in the registry.', async () => {
    const path = `/registry/outlets/${from.location}`;
    const { entry, version } = expectOk(await book.admin.getEntry({ path: { kind: 'outlets', id: from.location } }));
    for (const pinCode of ['110001', '026003', '2260', '290001']) {
      const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
      const headers = { 'if-match': String(version), 'content-type': 'application/json' };
      const put = await ask(book, path, { method: 'PUT', token, headers, body: JSON.stringify({ ...entry, pinCode }) });
      await expectProblem(put, 400, 'INVALID_REQUEST');
    }
  });
});

const change = async (kind: 'sellers' | 'outlets' | 'items', id: string, fields: object) => {
  const path = { kind, id };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, ...fields }, ifMatch: version }));
};

const record = async (claim: Parameters<Phone['write']>[0]) => {
  const written = phone.write(claim);
  expectOk(await phone.live(written));
  return written.number;
};

type Line = { readonly item: string; readonly quantity: number | string; readonly unitCost?: number };

const send = (lines: readonly Line[], receiver: Shop = to) => record({ kind: 'D', to: receiver.location, lines });

const pathOf = (number: string) => ({ location: from.location, number });

const challanOf = (number: string) => from.client.getChallan({ path: pathOf(number) });

const ewayBillOf = (number: string, query: object) => from.client.getEwayBill({ path: pathOf(number), query });

const fieldsOf = (answer: { ok: boolean; problem?: unknown }) =>
  (answer.problem as { fields: { path: string }[] }).fields.map(({ path }) => path);

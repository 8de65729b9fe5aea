import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { Reversal } from '../../shared/ledger/kinds/reversal.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item = ''] = kurtas(1);
const ADDRESS = '12 Chowk, Lucknow';
const book = useBook();
let shop: Shop;
let phone: Phone;
let client: Client;

beforeAll(async () => {
  await changeSeller('LKO1', { address: ADDRESS, pinCode: '226003' });
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  client = shop.client;
  expectOk(await phone.live(phone.write(received({ item, quantity: 50 }))));
});

describe('The bill of a sale', () => {
  it('It is a tax invoice with what rule 46 asks.', async () => {
    const number = await record(sold({ item, quantity: 2 }));
    expect(expectOk(await billOf(number))).toEqual({
      document: 'tax-invoice',
      number,
      location: shop.location,
      day: '2026-11-22',
      at: expect.any(String),
      seller: {
        name: 'Chikan Samiti',
        registration: 'regular',
        gstin: '09XXXZB0001X1ZN',
        address: ADDRESS,
        pinCode: '226003',
      },
      placeOfSupply: '09',
      reverseCharge: false,
      lines: [
        {
          line: 1,
          item,
          name: 'KURTA of LKO1',
          nameHi: 'वस्तु',
          hsn: '6211',
          uqc: 'PCS',
          quantity: '2',
          unitPrice: PRICE,
          gstBasisPoints: 500,
          taxable: 19_048,
          cgst: 476,
          sgst: 476,
          amount: 2 * PRICE,
        },
      ],
      taxes: [{ gstBasisPoints: 500, taxable: 19_048, cgst: 476, sgst: 476 }],
      taxable: 19_048,
      cgst: 476,
      sgst: 476,
      roundOff: 0,
      total: 2 * PRICE,
      totalInWords: { en: 'Rupees two hundred only', hi: 'दो सौ रुपये मात्र' },
      payments: [{ tender: 'cash', amount: 2 * PRICE }],
    });
  });

  it('It and its credit note stay the same to the byte after seller and item change their names, tax and address.', async () => {
    const number = await record(sold({ item, quantity: 2 }));
    const note = await record(tookBack(number, { line: 1, item, quantity: 1 }));
    const before = await printed([number, note]);
    const path = { kind: 'items' as const, id: item };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const renamed = { ...entry, name: 'Another name', nameHi: 'दूसरा', hsn: '6204', uqc: 'SET' as const };
    expectOk(await book.admin.putEntry({ path, body: renamed, ifMatch: version }));
    await changeSeller('LKO1', { name: 'Another Samiti', address: 'Elsewhere', pinCode: '226001' });
    expect(await printed([number, note])).toEqual(before);
    await changeSeller('LKO1', { name: 'Chikan Samiti', address: ADDRESS, pinCode: '226003' });
  });

  it('It is JSON unless a page is preferred, and a page runs no script.', async () => {
    const number = await record(sold({ item, quantity: 1 }));
    const types = await Promise.all(
      [
        '*/*',
        'application/json',
        'application/json, text/html;q=0.9',
        'text/html',
        'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      ].map(async (accept) => (await page(number, accept)).headers.get('content-type')),
    );
    expect(types).toEqual([
      'application/json',
      'application/json',
      'application/json',
      'text/html; charset=utf-8',
      'text/html; charset=utf-8',
    ]);
    const english = await page(number, 'text/html', 'en');
    expect(english.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(await english.text()).toContain('<h1>Tax invoice</h1>');
    expect(await (await page(number, 'text/html')).text()).toContain('<h1>कर बीजक</h1>');
    await expectProblem(await page(number, 'text/html', 'ur'), 400, 'INVALID_REQUEST', 'language');
  });
});

describe('The credit note of a return', () => {
  it('It names the bill, and gives back what was paid.', async () => {
    const of = await record(sold({ item, quantity: 3 }));
    const number = await record(tookBack(of, { line: 1, item, quantity: 2 }));
    const note = expectOk(await billOf(number));
    expect(note).toMatchObject({
      document: 'credit-note',
      number,
      against: { number: of, day: '2026-11-22' },
      adjustsTax: true,
      lines: [{ line: 1, quantity: '2', gstBasisPoints: 500, amount: 2 * PRICE }],
      total: 2 * PRICE,
      roundOff: 0,
      payments: [{ tender: 'cash', amount: 2 * PRICE }],
    });
    const paid = expectOk(await billOf(of));
    const rest = expectOk(await billOf(await record(tookBack(of, { line: 1, item, quantity: 1 }))));
    const sums = (['taxable', 'cgst', 'total'] as const).map((part) => note[part] + rest[part]);
    expect(sums).toEqual([paid.taxable, paid.cgst, paid.total]);
  });
});

describe('Returns that come in before their sale', () => {
  it('They get credit notes once it comes, which sum to its bill.', async () => {
    const [sale, ...notes] = await returnedEarly(3, [1, 2]);
    const parts = ['taxable', 'cgst', 'sgst', 'total'] as const;
    const bill = expectOk(await billOf(sale));
    const credits = await Promise.all(notes.map(async (number) => expectOk(await billOf(number))));
    expect(credits).toMatchObject([
      { document: 'credit-note', against: { number: sale }, lines: [{ quantity: '1', amount: PRICE }], roundOff: 0 },
      { document: 'credit-note', against: { number: sale }, lines: [{ quantity: '2', amount: 2 * PRICE }] },
    ]);
    const sumOfNotes = (part: (typeof parts)[number]) => credits.reduce((sum, note) => sum + note[part], 0);
    expect(parts.map(sumOfNotes)).toEqual(parts.map((part) => bill[part]));
  });

  it('They get none while they give back more than was sold.', async () => {
    const [sale, note] = await returnedEarly(1, [2]);
    const detail = `What came back of ${sale} does not agree with it.`;
    expect(await billOf(note)).toMatchObject({ status: 422, problem: { code: 'NO_BILL', detail } });
  });
});

describe('There is no bill', () => {
  it('of a receipt', async () => {
    const number = await record(received({ item, quantity: 1 }));
    expect(await billOf(number)).toMatchObject({
      status: 422,
      problem: { code: 'NO_BILL', detail: `${number} is not a sale or the return of one.` },
    });
  });

  it('of a cancelled number', async () => {
    const { number, claim } = phone.write({ kind: 'S', cancelled: 'tapped twice' });
    expectOk(await phone.live({ number, claim }));
    expect(await billOf(number)).toMatchObject({
      problem: { code: 'NO_BILL', detail: `${number} was cancelled: tapped twice.` },
    });
  });

  it('of a held sale', async () => {
    const written = phone.write(sold({ item: 'LKO-NO-SUCH', quantity: 1 }));
    expect(expectOk(await phone.sync([written])).outcomes).toMatchObject([{ outcome: 'held' }]);
    expect(await billOf(written.number)).toMatchObject({
      problem: { code: 'NO_BILL', detail: `${written.number} is held: it has a bill once an officer has admitted it.` },
    });
  });

  it('of a return whose sale has not come in', async () => {
    const of = phone.write(sold({ item, quantity: 1 })).number;
    const back = phone.write(tookBack(of, { line: 1, item, quantity: 1 }));
    expectOk(await phone.sync([back]));
    expect(await billOf(back.number)).toMatchObject({
      problem: { code: 'NO_BILL', detail: `${back.number} returns a sale that has not come in.` },
    });
  });

  it('of the return of a return', async () => {
    const of = await record(sold({ item, quantity: 1 }));
    const back = await record(tookBack(of, { line: 1, item, quantity: 1 }));
    const officer = await book.as('admin', 'state');
    const { number, claim } = phone.write({
      kind: 'V',
      of: back,
      reason: 'mistake',
      goods: 'to shelf',
      lines: [{ line: 1, item, quantity: 1 }],
      refund: [{ tender: 'cash', amount: PRICE }],
    });
    expectOk(await officer.recordVoucher({ path: pathOf(number), body: claim as never }));
    expect(outcomeOf(await billOf(number))).toBe('422 NO_BILL');
  });

  it('of a number that nobody used, nor for a stall of others', async () => {
    const unused = phone.write(sold({ item, quantity: 1 })).number;
    expect(outcomeOf(await billOf(unused))).toBe('404 NOT_FOUND');
    const number = await record(sold({ item, quantity: 1 }));
    const stranger = await book.as('outlet', 'location:PBE-01');
    expect(outcomeOf(await stranger.getBill({ path: pathOf(number) }))).toBe('403 FORBIDDEN');
  });
});

it('A seller without address sells, and the bill says what is missing until it is entered.', async () => {
  const address = { address: undefined, pinCode: undefined };
  await changeSeller('LKO1', address);
  const number = await record(sold({ item, quantity: 1 }));
  const met = await billOf(number);
  await changeSeller('LKO1', { address: ADDRESS });
  expect([outcomeOf(met), outcomeOf(await billOf(number))]).toEqual(['409 BILL_INCOMPLETE', 200]);
  expect(met).toMatchObject({
    problem: { fields: [{ path: 'seller.address', problem: 'the registry has no address of LKO1' }] },
  });
});

describe('The UPI code of a bill', () => {
  const byUpi = (reference?: string) => ({
    ...sold({ item, quantity: 2 }),
    payments: [{ tender: 'upi', amount: 2 * PRICE, ...(reference && { reference }) }],
  });
  const link = (number: string) =>
    `upi://pay?pa=samiti%40sbi&pn=Chikan%20Samiti&mc=5947&tr=${number}&tn=Bill%20${number}&am=200.00&cu=INR&mode=01`;

  it('is there until the bank gave a reference, to the address of the seller.', async () => {
    const [open, paid, cash] = [
      await record(byUpi()),
      await record(byUpi('432198765012')),
      await record(sold({ item, quantity: 1 })),
    ];
    expect(expectOk(await billOf(open))).not.toHaveProperty('upi');
    await changeSeller('LKO1', { vpa: 'samiti@sbi', merchantCategory: '5947' });
    expect(expectOk(await billOf(open))).toMatchObject({ upi: link(open), payments: [{ amount: 2 * PRICE }] });
    for (const number of [paid, cash]) expect(expectOk(await billOf(number))).not.toHaveProperty('upi');
    const html = await (await page(open, 'text/html', 'en')).text();
    expect(html).toContain('<figcaption>Not paid yet? Scan to pay by UPI</figcaption>');
    expect(html).toContain('aria-label="QR"');
    expect(await (await page(paid, 'text/html', 'en')).text()).not.toContain('<figure>');
  });
});

const changeSeller = async (id: string, fields: object) => {
  const path = { kind: 'sellers' as const, id };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, ...fields }, ifMatch: version }));
};

const pathOf = (number: string) => ({ location: shop.location, number });

const billOf = (number: string) => client.getBill({ path: pathOf(number) });

const record = async (claim: Parameters<Phone['write']>[0]) => {
  const written = phone.write(claim);
  expectOk(await phone.live(written));
  return written.number;
};

/** An officer reverses a return of one piece. */
const undo = async (of: string) => {
  const refund = [{ tender: 'cash' as const, amount: PRICE }];
  const written = phone.write({ ...tookBack(of, { line: 1, item, quantity: 1 }), reason: 'mistake', refund });
  const { number, claim } = written;
  expectOk(await book.admin.recordVoucher({ path: { location: shop.location, number }, body: Reversal.parse(claim) }));
  return number;
};

const page = async (number: string, accept: string, language?: string) =>
  ask(book, `/locations/${shop.location}/vouchers/${number}/bill${language ? `?language=${language}` : ''}`, {
    token: await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${shop.location}`] }),
    headers: { accept },
  });

/** Each rendering of these documents, in both languages. */
const printed = (numbers: readonly string[]) => {
  const types = ['text/html', 'application/json', 'application/pdf'];
  const all = numbers.flatMap((number) =>
    types.flatMap((type) => ['hi', 'en'].map((language) => ({ number, type, language }))),
  );
  return Promise.all(
    all.map(async ({ number, type, language }) => {
      const answer = await page(number, type, language);
      expect(answer.status).toBe(200);
      return Buffer.from(await answer.arrayBuffer()).toString('base64');
    }),
  );
};

it('A return that an officer reversed has no credit note any more.', async () => {
  const sale = await record(sold({ item, quantity: 2 }));
  const note = await record(tookBack(sale, { line: 1, item, quantity: 1 }));
  expect(outcomeOf(await billOf(note))).toBe(200);
  await undo(note);
  expect(await billOf(note)).toMatchObject({
    problem: { code: 'NO_BILL', detail: `${note} was reversed, so its credit note no longer holds.` },
  });
  expect(outcomeOf(await billOf(sale))).toBe(200);
});

/** Last, for it closes the day. */
it('The register has the tax of early returns, and what reversals of returns took back.', async () => {
  const [, ...notes] = await returnedEarly(3, [1, 2]);
  const credits = await Promise.all(notes.map(async (number) => expectOk(await billOf(number))));
  const other = await record(sold({ item, quantity: 2 }));
  const undone = await record(tookBack(other, { line: 1, item, quantity: 1 }));
  const reversal = await undo(undone);
  const sale = phone.write(sold({ item, quantity: 1 }));
  const early = phone.write(tookBack(sale.number, { line: 1, item, quantity: 1 }));
  expect(expectOk(await phone.sync([early])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  const reversalOfEarly = await undo(early.number);
  expect(expectOk(await phone.sync([sale])).outcomes).toMatchObject([{ outcome: 'recorded' }]);

  book.clock.forward(24 * 3_600);
  await workOff('close-day', shop.location, '2026-11-23');
  const admin = await book.as('admin', 'state');
  const { bills } = expectOk(await admin.listBills({ query: { seller: 'LKO1', period: '2026-11' } }));
  const figures = (all: readonly { taxable: unknown; cgst: unknown; total: unknown }[]) =>
    all.map(({ taxable, cgst, total }) => [taxable, cgst, total]);
  const rowsOf = (...numbers: string[]) => bills.filter(({ number }) => numbers.includes(number));
  expect(figures(rowsOf(...notes))).toEqual(figures(credits));
  expect(rowsOf(reversal)).toMatchObject([{ document: 'credit-note-reversal', of: undone }]);
  expect(figures(rowsOf(reversal))).toEqual(figures(rowsOf(undone)));
  expect(rowsOf(early.number, reversalOfEarly)).toMatchObject([{ document: 'cancelled', total: 0 }]);
});

/** The numbers of a sale and of its returns, each in a request of its own, the sale last. */
const returnedEarly = async (sells: number, returns: readonly number[]): Promise<[string, string, ...string[]]> => {
  const sale = phone.write(sold({ item, quantity: sells }));
  const early = returns.map((quantity) => phone.write(tookBack(sale.number, { line: 1, item, quantity })));
  for (const one of [...early, sale])
    expect(expectOk(await phone.sync([one])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  return [sale, ...early].map(({ number }) => number) as [string, string, ...string[]];
};

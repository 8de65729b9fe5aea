import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { adjustment, kurtas, receipt, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask, booksAndShelves, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let [mine, elsewhere, revoked] = ['', '', ''];
let left: unknown[];
let serial = 100;

beforeAll(async () => {
  const { admin, clock } = book;
  [mine, elsewhere, revoked] = [
    await enrol(book, 'LKO-01', 'LKO1'),
    await enrol(book, 'LKO-02', 'LKO1'),
    await enrol(book, 'LKO-01', 'LKO1'),
  ];
  const path = { location: 'LKO-01', terminal: revoked };
  expectOk(await admin.revokeTerminal({ path, body: { reason: 'lost' } }));

  const { entry, version } = expectOk(await admin.getEntry({ path: { kind: 'items', id: other } }));
  if (!('prices' in entry)) throw new Error('an item has prices');
  const dearerTomorrow = { from: '2026-11-23', price: 109_900, mrp: 119_900, gstBasisPoints: 500 };
  const put = (id: string, prices: object[], ifMatch?: number) =>
    admin.putEntry({
      path: { kind: 'items', id },
      body: { ...entry, prices } as never,
      ...(ifMatch !== undefined && { ifMatch }),
    });
  expectOk(await put(other, [dearerTomorrow, ...entry.prices], version));
  expectOk(await put('LKO-NEXT-YEAR', [{ ...dearerTomorrow, from: '2027-01-01' }]));

  const stocked = { path: { location: 'LKO-01', number: numberAt(clock, mine, 'R', 1) } };
  expectOk(await admin.recordVoucher({ ...stocked, body: receipt(clock, [{ item, quantity: 100 }]) }));
  left = await booksAndShelves(book);
});
afterEach(() => book.clock.set(START));

describe('A refused sale gives a helpful problem and leaves nothing behind', () => {
  it.each(CASES)('$says', async ({ as, sent }) => {
    const [status, code, ...fields] = as.split(' ');
    await expectProblem(await put(sent()), Number(status), code, ...fields);
    book.clock.set(START);
    const before = left;
    left = await booksAndShelves(book);
    expect(left).toEqual(before);
  });

  it('A wrong clock is answered with the time.', async () => {
    const late = await expectProblem(
      await put({ body: oneKurta({}, { occurredAt: instantAfter(301) }) }),
      422,
      'CLOCK_OFF',
    );
    expect(late).toMatchObject({ serverTime: START, offBySeconds: 301 });
  });
  it('Wrong payments are answered with the amounts due and paid.', async () => {
    const paid = await expectProblem(await put({ body: oneKurta({}, paying(1, 2)) }), 422, 'PAYMENT_MISMATCH');
    expect(paid).toMatchObject({ due: 89_900, paid: 3 });
  });
});

it('Sales at the limits are recorded.', async () => {
  const edges: [number: string, at: string, body: () => object][] = [
    ['S2611220011', START, () => oneKurta({}, { occurredAt: instantAfter(300) })],
    ['S2611220012', START, () => oneKurta({}, { occurredAt: instantAfter(-300) })],
    ['S2611220013', START, () => sale(book.clock, lines(40))],
    ['S2611220014', START, () => oneKurta({ unitPrice: 99_900 })],
    ['S2611220015', START, () => oneKurta({ unitPrice: 0 })],
    ['S2611220016', '2026-11-22T18:29:59.999Z', () => oneKurta()],
    ['S2611230017', '2026-11-22T18:30:00.000Z', () => oneKurta()],
    ['S2611230500', '2026-11-23T05:00:00.000Z', () => oneKurta({ unitPrice: 89_900, discount: 89_900 })],
  ];
  for (const [number, instant, body] of edges) {
    expect([number, (await put(at(instant, number, body))).status]).toEqual([number, 201]);
  }
});

const START = '2026-11-22T05:00:00.000Z';

const [item = '', other = ''] = kurtas(2);

type Put = { location?: string; number?: string; body?: object | string };

const put = async ({ location = 'LKO-01', number = numbered(mine), body }: Put) => {
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? oneKurta());
  return ask(book, `/locations/${location}/vouchers/${number}`, { method: 'PUT', body: text, token });
};

const oneKurta = (line: object = {}, more: object = {}) => sale(book.clock, [{ item, quantity: 1, ...line }], more);

const twice = (line: object, more: object) => sale(book.clock, Array(2).fill({ item, ...line }), more);

const received = (more: object) => receipt(book.clock, lines(1), more);

const numbered = (terminal: string, kind = 'S', at = ++serial) => numberAt(book.clock, terminal, kind, at);

const paying = (...amounts: number[]) => ({ payments: amounts.map((amount) => ({ tender: 'cash', amount })) });

const lines = (count: number) => Array.from({ length: count }, () => ({ item, quantity: 1 }));

const at = (instant: string, number: string, body: () => object = oneKurta) => {
  book.clock.set(instant);
  return { number: `${mine}${number}`, body: body() };
};

const instantAfter = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

const written = (text: string, instead: string) => JSON.stringify(oneKurta()).replace(text, instead);

/** Refused claims, with status, code and the named field. */
const REFUSED: Record<string, Record<string, () => Put>> = {
  '422 TERMINAL_UNKNOWN': { 'a terminal that is not enrolled': () => ({ number: numbered('00000') }) },
  '422 TERMINAL_ELSEWHERE': { "another location's terminal": () => ({ number: numbered(elsewhere) }) },
  '422 TERMINAL_REVOKED': { 'a revoked terminal': () => ({ number: numbered(revoked) }) },
  '422 NUMBER_MISMATCH kind': { "a kind that is not the body's": () => ({ number: numbered(mine, 'R') }) },
  '422 NUMBER_MISMATCH occurredAt': {
    "a day that is not occurredAt's": () => ({ number: `${mine}S2611210007` }),
    'the next day, an instant before midnight in IST': () => at('2026-11-22T18:29:59.999Z', 'S2611230007'),
    'the day before, at midnight in IST': () => at('2026-11-22T18:30:00.000Z', 'S2611220007'),
  },
  '400 INVALID_REQUEST number': {
    'a kind that nobody knows': () => ({ number: numbered(mine, 'X') }),
    'a day that no calendar has': () => ({ number: `${mine}S2602300007` }),
    'serial 0000': () => ({ number: numbered(mine, 'S', 0) }),
  },
  '422 ITEM_UNKNOWN lines.0.item': { 'an unknown item': () => ({ body: oneKurta({ item: 'NO-SUCH' }) }) },
  '422 ITEM_OF_ANOTHER_SELLER lines.1.item': {
    'items of two sellers': () => ({ body: sale(book.clock, [...lines(1), { item: 'LKO-ZARI-1', quantity: 1 }]) }),
  },
  '422 ITEM_NOT_PRICED lines.0.item': {
    'an item with no price on that day': () => ({ body: oneKurta({ item: 'LKO-NEXT-YEAR' }) }),
  },
  '400 INVALID_REQUEST lines.0.quantity': {
    ...Object.fromEntries(
      [0, -1, 1.5, '2', 1e9, null, true, [1]].map((quantity) => [
        `a quantity of ${JSON.stringify(quantity)}`,
        () => ({ body: oneKurta({ quantity }) }),
      ]),
    ),
    'a quantity beyond all numbers': () => ({ body: written('"quantity":1', '"quantity":1e400') }),
  },
  '400 INVALID_REQUEST lines.0.unitPrice': {
    'a price below 0': () => ({ body: oneKurta({ unitPrice: -1 }) }),
    'a price in fractions of a paisa': () => ({ body: oneKurta({ unitPrice: 899.5 }) }),
  },
  '422 PRICE_ABOVE_MRP lines.0.unitPrice': {
    'a price above the MRP': () => ({ body: oneKurta({ unitPrice: 99_901 }) }),
    "a price above this day's MRP, though not tomorrow's": () => ({
      body: oneKurta({ item: other, unitPrice: 119_900 }),
    }),
    "a price above tomorrow's MRP, tomorrow": () =>
      at('2026-11-23T05:00:00Z', 'S2611230007', () => oneKurta({ item: other, unitPrice: 119_901 })),
  },
  '400 INVALID_REQUEST lines.0.discount': {
    'a discount above its line': () => ({ body: oneKurta({ discount: 89_901 }) }),
  },
  '422 PAYMENT_MISMATCH': {
    'payments too low': () => ({ body: oneKurta({}, paying(89_899)) }),
    'payments too high': () => ({ body: oneKurta({}, paying(89_900, 1)) }),
    'payments that forget the rounding': () => ({ body: oneKurta({}, { roundOff: 50, ...paying(89_900) }) }),
  },
  '400 INVALID_REQUEST roundOff': {
    'rounding by a rupee': () => ({ body: oneKurta({}, { roundOff: -100, ...paying(89_800) }) }),
  },
  '400 INVALID_REQUEST payments': {
    'no payment': () => ({ body: oneKurta({}, paying()) }),
    'money beyond counting': () => ({ body: twice({ quantity: 1e8, unitPrice: 1e4 }, paying(1e12, 1e12)) }),
    'a receipt with payments': () => ({ number: numbered(mine, 'R'), body: received(paying(1)) }),
  },
  '400 INVALID_REQUEST payments.0.tender': {
    'a tender nobody knows': () => ({ body: written('cash', 'cowries') }),
  },
  '400 INVALID_REQUEST lines': {
    'no lines': () => ({ body: sale(book.clock, lines(0)) }),
    '41 lines': () => ({ body: sale(book.clock, lines(41)) }),
  },
  '422 CLOCK_OFF': {
    'a clock 301 s ahead': () => ({ body: oneKurta({}, { occurredAt: instantAfter(301) }) }),
    'a clock 301 s behind': () => ({ body: oneKurta({}, { occurredAt: instantAfter(-301) }) }),
  },
  '400 INVALID_REQUEST occurredAt': {
    'a local time': () => ({ body: written('.000Z', '+05:30') }),
    'no time': () => ({ body: oneKurta({}, { occurredAt: undefined }) }),
  },
  '400 INVALID_REQUEST cashier': { 'an unknown field': () => ({ body: oneKurta({}, { cashier: 'S1' }) }) },
  '400 INVALID_REQUEST lines.0.rate': { 'an unknown field in a line': () => ({ body: oneKurta({ rate: 1 }) }) },
  '400 INVALID_REQUEST __proto__': {
    'a field __proto__': () => ({ body: written('{', '{"__proto__":{"goodsInHand":true},') }),
  },
  '400 INVALID_REQUEST lines.0.__proto__': {
    'a field __proto__ in a line': () => ({ body: written('[{', '[{"__proto__":{"quantity":2},') }),
  },
  '400 INVALID_REQUEST constructor': { 'a field constructor': () => ({ body: oneKurta({}, { constructor: {} }) }) },
  '400 INVALID_REQUEST goodsInHand': {
    'goods in hand at a receipt': () => ({ number: numbered(mine, 'R'), body: received({ goodsInHand: true }) }),
  },
  '400 INVALID_REQUEST by': { 'a member of staff __proto__': () => ({ body: oneKurta({}, { by: '__proto__' }) }) },
  '400 INVALID_REQUEST lines.0.item': {
    'an item __proto__': () => ({ body: oneKurta({ item: '__proto__' }) }),
    'an item constructor': () => ({ body: oneKurta({ item: 'constructor' }) }),
  },
  '400 INVALID_REQUEST location': {
    'a location __proto__': () => ({ location: '__proto__' }),
    'a location constructor': () => ({ location: 'constructor' }),
  },
  '400 INVALID_REQUEST reason': {
    'an adjustment for no known reason': () => ({
      number: numbered(mine, 'A'),
      body: adjustment(book.clock, lines(1), { reason: 'stolen' }),
    }),
  },
  '400 MALFORMED_JSON': { 'half a character': () => ({ body: oneKurta({}, { basket: '\ud800' }) }) },
  '403 FORBIDDEN': { "another outlet's location": () => ({ location: 'LKO-02', number: numbered(elsewhere) }) },
};

const CASES = Object.entries(REFUSED).flatMap(([as, cases]) =>
  Object.entries(cases).map(([says, sent]) => ({ says, as, sent })),
);

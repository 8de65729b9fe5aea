import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { cancelled, countSheet, kurtas, receipt, reversal, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { ask, booksAndShelves, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let phone: Phone;
let [sold, came, spoiled, elsewhere] = ['', '', '', ''];
let left: unknown[];
let serial = 100;

beforeAll(async () => {
  const { clock } = book;
  phone = await openPhone(book, location, 'LKO1');
  const there = await openPhone(book, 'LKO-02', 'LKO1');
  const stock = [item, other].map((of) => ({ item: of, quantity: 20 }));
  const recorded = async (by: Phone, body: Parameters<Phone['next']>[0]) => expectOk(await by.next(body).send()).number;
  await recorded(phone, receipt(clock, stock));
  came = await recorded(phone, receipt(clock, [{ item: gone, quantity: 5 }]));
  await recorded(phone, sale(clock, [{ item: gone, quantity: 4 }]));
  const lines = [
    { item, quantity: 3 },
    { item: other, quantity: 2 },
  ];
  sold = await recorded(phone, sale(clock, lines));
  spoiled = await recorded(phone, cancelled(clock, 'S', 'torn'));
  elsewhere = await recorded(there, sale(clock, lines, { goodsInHand: true }));
  left = await booksAndShelves(book);
});
afterEach(() => book.clock.set(START));

describe('Refused counts', () => {
  it.each(casesOf(COUNTS))('$as: $says', isRefused);
});

describe('Refused reversals', () => {
  it.each(casesOf(RETURNS))('$as: $says', isRefused);

  it("A reversal by another seller's terminal is refused: a credit note belongs to the seller.", async () => {
    const terminal = await enrol(book, location, 'LKO2');
    const number = numbered('V', terminal);
    await expectProblem(await put({ number, body: back() }), 422, 'ITEM_OF_ANOTHER_SELLER', 'lines.0.item');
    expect(await booksAndShelves(book)).toEqual(left);
  });

  it('After all refusals, the goods sold can still be returned, once.', async () => {
    const all = reversal(book.clock, sold, [
      { line: 1, item, quantity: 3 },
      { line: 2, item: other, quantity: 2 },
    ]);
    expect((await put({ body: all })).status).toBe(201);
    await expectProblem(await put({ body: back() }), 409, 'RETURN_EXCEEDED', 'lines.0.quantity');
  });
});

const START = '2026-11-22T05:00:00.000Z';

const location = 'LKO-01';

const [item = '', other = '', gone = ''] = kurtas(3);

type Put = { number?: string; body: object | string };

const put = async ({ number, body }: Put) => {
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${location}`] });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const kind = /"kind":"(\w)"/.exec(text)?.[1] ?? 'C';
  const path = `/locations/${location}/vouchers/${number ?? numbered(kind)}`;
  return ask(book, path, { method: 'PUT', body: text, token });
};

const numbered = (kind: string, terminal = phone.terminal) => numberAt(book.clock, terminal, kind, ++serial);

const instantAfter = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

const count = (line: object = {}, more: object = {}) => countSheet(book.clock, [{ item, quantity: 7, ...line }], more);

const sheet = (lines: readonly object[]) => countSheet(book.clock, lines as never);

const back = (line: object = {}, more: object = {}, of = sold) =>
  reversal(book.clock, of, [{ line: 1, item, quantity: 1, ...line }], more);

const cash = (...amounts: number[]) => ({ refund: amounts.map((amount) => ({ tender: 'cash', amount })) });

const undone = (more: object = {}) => reversal(book.clock, came, [{ line: 1, item: gone, quantity: 1 }], more);

const forged = (kind: string) => `7KQ2M${kind}2611220001`;

const written = (body: object, text: string, instead: string) => JSON.stringify(body).replace(text, instead);

/** Refused claims, with status, code and the named field. */
const COUNTS: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST lines.0.quantity': {
    ...Object.fromEntries(
      [-1, 0.5, 1e9, null, true, [1], '', '7', 'some', {}].map((quantity) => [
        `so many: ${JSON.stringify(quantity)}`,
        () => ({ body: count({ quantity }) }),
      ]),
    ),
    'more than all numbers': () => ({ body: written(count(), '"quantity":7', '"quantity":1e400') }),
    'nothing at all said of how many': () => ({ body: count({ quantity: undefined }) }),
  },
  '422 QUANTITY_NOT_WHOLE lines.0.quantity': {
    'half a piece': () => ({ body: count({ quantity: '0.5 piece' }) }),
    'a unit that it has not': () => ({ body: count({ quantity: '2 bundle' }) }),
  },
  '400 INVALID_REQUEST lines': {
    'no lines': () => ({ body: sheet([]) }),
    '41 lines': () => ({ body: sheet(Array.from({ length: 41 }, () => ({ item, quantity: 1 }))) }),
  },
  '400 INVALID_REQUEST lines.1.item': {
    'an item twice': () => ({
      body: sheet([
        { item, quantity: 3 },
        { item, quantity: 3 },
      ]),
    }),
  },
  '400 INVALID_REQUEST lines.0.item': {
    'an item __proto__': () => ({ body: count({ item: '__proto__' }) }),
    'an item constructor': () => ({ body: count({ item: 'constructor' }) }),
  },
  '422 ITEM_UNKNOWN lines.0.item': {
    'an unknown item': () => ({ body: count({ item: 'NO-SUCH' }) }),
    'nothing of an unknown item': () => ({ body: count({ item: 'NO-SUCH', quantity: 0 }) }),
  },
  '422 ITEM_OF_ANOTHER_SELLER lines.0.item': {
    "another seller's item": () => ({ body: count({ item: 'LKO-ZARI-1' }) }),
  },
  '400 INVALID_REQUEST count': {
    'a count without a name': () => ({ body: count({}, { count: undefined }) }),
    'a count with a blank for a name': () => ({ body: count({}, { count: '  ' }) }),
    'a count with 81 characters for a name': () => ({ body: count({}, { count: 'x'.repeat(81) }) }),
  },
  '400 INVALID_REQUEST blind': { 'blind, somehow': () => ({ body: count({}, { blind: 'yes' }) }) },
  '400 INVALID_REQUEST seen': {
    '21 last numbers': () => ({ body: count({}, { seen: Array(21).fill(sold) }) }),
  },
  '400 INVALID_REQUEST seen.0': { 'a last number that is none': () => ({ body: count({}, { seen: ['the last'] }) }) },
  '400 INVALID_REQUEST lines.0.expected': {
    'what the book should say': () => ({ body: count({ expected: 7 }) }),
  },
  '400 INVALID_REQUEST lines.0.__proto__': {
    'a field __proto__ in a line': () => ({ body: written(count(), '[{', '[{"__proto__":{"quantity":2},') }),
  },
  '400 INVALID_REQUEST goodsInHand': { 'goods in hand': () => ({ body: count({}, { goodsInHand: true }) }) },
  '400 INVALID_REQUEST sentAt': {
    'when it was sent, which says nothing of a clock': () => ({ body: count({}, { sentAt: '2026-11-22T05:00:00Z' }) }),
  },
  '400 INVALID_REQUEST clock': { 'no clock': () => ({ body: count({}, { clock: null }) }) },
  '400 INVALID_REQUEST clock.within': {
    'a clock of any error': () => ({ body: count({}, { clock: { skew: 0 } }) }),
    'a clock of less than no error': () => ({ body: count({}, { clock: { skew: 0, within: -1 } }) }),
  },
  '400 INVALID_REQUEST clock.skew': {
    'a clock off by half a millisecond': () => ({ body: count({}, { clock: { skew: 0.5, within: 1 } }) }),
    'a clock off by more years than there are': () => ({ body: count({}, { clock: { skew: 1e15, within: 1 } }) }),
  },
  '400 INVALID_REQUEST occurredAt': { 'at no time': () => ({ body: count({}, { occurredAt: undefined }) }) },
  '422 NUMBER_MISMATCH occurredAt': {
    'in the year 1': () => ({ body: count({}, { occurredAt: '0001-01-01T00:00:00Z' }) }),
    'in the year 9999': () => ({ body: count({}, { occurredAt: '9999-12-31T23:59:59Z' }) }),
    'ten years ago': () => ({ body: count({}, { occurredAt: '2016-11-22T05:00:00Z' }) }),
  },
  '422 NUMBER_MISMATCH kind': {
    "a number of another kind than its body's": () => ({ number: numbered('S'), body: count() }),
  },
  '422 CLOCK_OFF': {
    'a clock 301 s ahead': () => ({ body: count({}, { occurredAt: instantAfter(301) }) }),
    'a clock of the year 1': () => ({ body: count({}, { clock: { skew: 63_900_000_000_000, within: 9 } }) }),
    'a clock of the year 9999': () => ({ body: count({}, { clock: { skew: -251_000_000_000_000, within: 9 } }) }),
    'a clock 301 s ahead that says so': () => ({
      body: count({}, { occurredAt: instantAfter(301), clock: { skew: -301_000, within: 9 } }),
    }),
    'a clock that was measured to within 301 s': () => ({ body: count({}, { clock: { skew: 0, within: 301_000 } }) }),
    'of ten years ago, by its number too': () => ({
      number: `${phone.terminal}C1611220001`,
      body: count({}, { occurredAt: '2016-11-22T05:00:00Z' }),
    }),
  },
  '422 TERMINAL_UNKNOWN': { 'a terminal that is not enrolled': () => ({ number: forged('C'), body: count() }) },
};

const RETURNS: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST of': {
    'of nothing': () => ({ body: back({}, { of: undefined }) }),
    'of what is no number': () => ({ body: back({}, { of: 'the last one' }) }),
    'of a count': () => ({ body: back({}, {}, forged('C')) }),
    'of a request': () => ({ body: back({}, {}, forged('Q')) }),
  },
  '400 INVALID_REQUEST reason': {
    'for no known reason': () => ({ body: back({}, { reason: 'stolen' }) }),
    'a receipt that a customer returns': () => ({ body: undone({ reason: 'return' }) }),
  },
  '400 INVALID_REQUEST goods': {
    'goods that go nowhere': () => ({ body: back({}, { goods: undefined }) }),
    'goods that burn': () => ({ body: back({}, { goods: 'burnt' }) }),
    'a receipt taken back to nowhere': () => ({ body: undone({ goods: 'written off' }) }),
  },
  '400 INVALID_REQUEST lines.0.line': Object.fromEntries(
    [0, 41, -1, 1.5, '1', null].map((line) => [`line ${JSON.stringify(line)}`, () => ({ body: back({ line }) })]),
  ),
  '400 INVALID_REQUEST lines.0.quantity': Object.fromEntries(
    [0, -1, 1.5, 1e9, '1', '1 piece', null].map((quantity) => [
      `so many back: ${JSON.stringify(quantity)}`,
      () => ({ body: written(back({}), '"quantity":1', `"quantity":${JSON.stringify(quantity)}`) }),
    ]),
  ),
  '400 INVALID_REQUEST lines': {
    'no lines': () => ({ body: back({}, { lines: [] }) }),
    '41 lines': () => ({ body: back({}, { lines: Array(41).fill({ line: 1, item, quantity: 1 }) }) }),
  },
  '400 INVALID_REQUEST refund.0.tender': {
    'a tender nobody knows': () => ({ body: written(back(), '"cash"', '"cowries"') }),
  },
  '400 INVALID_REQUEST refund.0.amount': {
    'a refund below 0': () => ({ body: back({}, cash(-1)) }),
    'a refund beyond counting': () => ({ body: back({}, cash(1e13)) }),
  },
  '400 INVALID_REQUEST refund': {
    '11 refunds': () => ({ body: back({}, cash(...Array(11).fill(1))) }),
    'a refund for a receipt': () => ({ body: undone(cash(1)) }),
  },
  '400 INVALID_REQUEST payments': { payments: () => ({ body: back({}, { payments: [] }) }) },
  '400 INVALID_REQUEST goodsInHand': { 'goods in hand': () => ({ body: back({}, { goodsInHand: true }) }) },
  '400 INVALID_REQUEST __proto__': {
    'a field __proto__': () => ({ body: written(back(), '{', '{"__proto__":{"reason":"mistake"},') }),
  },
  '422 SOLD_ELSEWHERE': {
    'of what another location sold': () => ({ body: back({}, {}, elsewhere) }),
  },
  '403 NEEDS_OFFICER': {
    'of a reversal': () => ({ body: back({}, {}, forged('V')) }),
  },
  '422 VOUCHER_UNKNOWN': {
    'of what nobody recorded': () => ({ body: back({}, {}, forged('S')) }),
    'of a receipt that nobody recorded': () => ({ body: back({}, { refund: undefined }, forged('R')) }),
  },
  '409 RETURN_EXCEEDED lines.0.quantity': {
    'more than was sold': () => ({ body: back({ quantity: 4 }) }),
    'more than came': () => ({ body: undone({ lines: [{ line: 1, item: gone, quantity: 6 }] }) }),
  },
  '409 RETURN_EXCEEDED lines.0.line': {
    'a line of another item': () => ({ body: back({ line: 2 }) }),
    'a line that it has not': () => ({ body: back({ line: 3 }) }),
    'a line of a number that was cancelled': () => ({ body: back({}, {}, spoiled) }),
  },
  '409 RETURN_EXCEEDED lines.1.line': {
    'a line twice': () => ({
      body: back({}, { lines: Array(2).fill({ line: 1, item, quantity: 1 }), ...cash(179_800) }),
    }),
  },
  '422 PAYMENT_MISMATCH': {
    'no refund': () => ({ body: back({}, { refund: undefined }) }),
    'a refund too low': () => ({ body: back({}, cash(89_899)) }),
    'a refund too high': () => ({ body: back({}, cash(89_900, 1)) }),
  },
  '409 INSUFFICIENT_STOCK': {
    'what came and is no longer there': () => ({ body: undone({ lines: [{ line: 1, item: gone, quantity: 2 }] }) }),
  },
  '422 ITEM_UNKNOWN lines.0.item': { 'an unknown item': () => ({ body: back({ item: 'NO-SUCH' }) }) },
  '422 CLOCK_OFF': {
    'a clock 301 s behind': () => ({ body: back({}, { occurredAt: instantAfter(-301) }) }),
    'a clock of the year 9999': () => ({ body: back({}, { clock: { skew: -251_000_000_000_000, within: 9 } }) }),
  },
  '422 NUMBER_MISMATCH previous': {
    'itself before itself': () => ({
      number: `${phone.terminal}V2611229999`,
      body: back({}, { previous: `${phone.terminal}V2611229999` }),
    }),
  },
};

const casesOf = (refused: typeof COUNTS) =>
  Object.entries(refused).flatMap(([as, cases]) => Object.entries(cases).map(([says, sent]) => ({ says, as, sent })));

const isRefused = async ({ as, sent }: { as: string; sent: () => Put }) => {
  const [status, code, ...fields] = as.split(' ');
  await expectProblem(await put(sent()), Number(status), code, ...fields);
  expect(await booksAndShelves(book)).toEqual(left);
};

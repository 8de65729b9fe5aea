import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Book, done, numberAt, openBook } from '../kit/book.ts';
import { kurtas, receipt } from '../kit/claims.ts';
import { holdToContract } from '../kit/declared.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { ask, booksAndShelves, expectProblem } from '../kit/wire.ts';

holdToContract();

const START = '2026-11-22T05:00:00.000Z';
const location = 'LKO-01';
let book: Book;
let phone: Phone;
let left: unknown[];
let serial = 100;
beforeAll(async () => {
  book = await openBook();
  phone = await openPhone(book, location, 'LKO1');
  const goods = kurtas(2).map((item) => ({ item, quantity: 20 }));
  done(await phone.next(receipt(book.clock, goods)).send());
  left = await booksAndShelves(book);
});
afterAll(() => book.close());

type Put = { number?: string; body: object | string };

const put = async ({ number, body }: Put) => {
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${location}`] });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const kind = /"kind":"(\w)"/.exec(text)?.[1] ?? 'K';
  const path = `/locations/${location}/vouchers/${number ?? numbered(kind)}`;
  return ask(book, path, { method: 'PUT', body: text, token });
};
const numbered = (kind: string) => numberAt(book.clock, phone.terminal, kind, ++serial);
const said = (more: object = {}) => ({ occurredAt: START, by: 'S001', previous: null, ...more });
const shift = (more: object = {}) => said({ kind: 'K', float: 500, counted: [], last: [], ...more });
const cash = (amount: unknown) => ({ counted: [{ tender: 'cash', amount }] });
const forged = (kind: string) => `7KQ2M${kind}2611220001`;
const written = (body: object, text: string, instead: string) => JSON.stringify(body).replace(text, instead);

/** What is refused, by status, code and the field named. */
const SHIFTS: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST float': Object.fromEntries(
    [-1, 0.5, 1e13, null, '500', true, [], undefined].map((float) => [
      `a float of ${JSON.stringify(float)}`,
      () => ({ body: shift({ float }) }),
    ]),
  ),
  '400 INVALID_REQUEST counted.0.amount': Object.fromEntries(
    [-1, 1.5, 1e13, null, '1', {}, undefined].map((amount) => [
      `counted: ${JSON.stringify(amount)}`,
      () => ({ body: shift(cash(amount)) }),
    ]),
  ),
  '400 INVALID_REQUEST counted.0.tender': {
    'counted in cowries': () => ({ body: written(shift(cash(1)), '"cash"', '"cowries"') }),
    'counted in exchange': () => ({ body: written(shift(cash(1)), '"cash"', '"exchange"') }),
    'counted in __proto__': () => ({ body: written(shift(cash(1)), '"cash"', '"__proto__"') }),
  },
  '400 INVALID_REQUEST counted': {
    'nothing said of what was counted': () => ({ body: shift({ counted: undefined }) }),
    'cash twice': () => ({ body: shift({ counted: Array(2).fill({ tender: 'cash', amount: 1 }) }) }),
    'counted as a number': () => ({ body: shift({ counted: 500 }) }),
  },
  '400 INVALID_REQUEST deposits': {
    '11 deposits': () => ({ body: shift({ deposits: Array(11).fill({ amount: 1, reference: 'slip' }) }) }),
  },
  '400 INVALID_REQUEST deposits.0.reference': {
    'a deposit without a slip': () => ({ body: shift({ deposits: [{ amount: 1 }] }) }),
  },
  '400 INVALID_REQUEST deposits.0.amount': {
    'a deposit below 0': () => ({ body: shift({ deposits: [{ amount: -1, reference: 'slip' }] }) }),
  },
  '400 INVALID_REQUEST expenses': {
    '21 expenses': () => ({ body: shift({ expenses: Array(21).fill({ amount: 1, for: 'tea' }) }) }),
  },
  '400 INVALID_REQUEST expenses.0.for': {
    'spent for nothing': () => ({ body: shift({ expenses: [{ amount: 1, for: ' ' }] }) }),
  },
  '400 INVALID_REQUEST last': {
    'no last numbers': () => ({ body: shift({ last: undefined }) }),
    'two last numbers of a kind': () => ({
      body: shift({ last: [1, 2].map((n) => numberAt(book.clock, phone.terminal, 'S', n)) }),
    }),
  },
  '400 INVALID_REQUEST last.0': {
    'a last number that is none': () => ({ body: shift({ last: ['the last'] }) }),
    'a last number null': () => ({ body: shift({ last: [null] }) }),
  },
  '422 NUMBER_MISMATCH last.1': {
    "another terminal's last number": () => ({
      body: shift({ last: [numberAt(book.clock, phone.terminal, 'S', 7), forged('R')] }),
    }),
  },
  '400 INVALID_REQUEST lines': { lines: () => ({ body: shift({ lines: [] }) }) },
  '400 INVALID_REQUEST expected': { 'what should be there': () => ({ body: shift({ expected: [] }) }) },
  '400 INVALID_REQUEST goodsInHand': { 'goods in hand': () => ({ body: shift({ goodsInHand: true }) }) },
  '400 INVALID_REQUEST __proto__': {
    'a field __proto__': () => ({ body: written(shift(), '{', '{"__proto__":{"float":2},') }),
  },
  '422 NUMBER_MISMATCH kind': { 'the number of a sale': () => ({ number: numbered('S'), body: shift() }) },
  '422 NUMBER_MISMATCH occurredAt': {
    'ten years ago': () => ({ body: shift({ occurredAt: '2016-11-22T05:00:00Z' }) }),
    'in the year 9999': () => ({ body: shift({ occurredAt: '9999-12-31T23:59:59Z' }) }),
  },
  '422 NUMBER_MISMATCH previous': {
    "another terminal's before it": () => ({ body: shift({ previous: forged('S') }) }),
  },
  '422 CLOCK_OFF': {
    'a clock 301 s ahead': () => ({ body: shift({ occurredAt: '2026-11-22T05:05:01Z' }) }),
    'of ten years ago, by its number too': () => ({
      number: `${phone.terminal}K1611220001`,
      body: shift({ occurredAt: '2016-11-22T05:00:00Z' }),
    }),
  },
  '422 TERMINAL_UNKNOWN': { 'a terminal that is not enrolled': () => ({ number: forged('K'), body: shift() }) },
};

const casesOf = (refused: typeof SHIFTS) =>
  Object.entries(refused).flatMap(([as, cases]) => Object.entries(cases).map(([says, sent]) => ({ says, as, sent })));

const isRefused = async ({ as, sent }: { as: string; sent: () => Put }) => {
  const [status, code, ...fields] = as.split(' ');
  await expectProblem(await put(sent()), Number(status), code, ...fields);
  expect(await booksAndShelves(book)).toEqual(left);
};

describe('the close of a shift is refused with a problem that helps, and leaves nothing behind:', () => {
  it.each(casesOf(SHIFTS))('$as: $says', isRefused);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, numberAt, useBook } from '../kit/book.ts';
import { cancelled, countSheet, kurtas, receipt } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { ask, booksAndShelves, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const START = '2026-11-22T05:00:00.000Z';
const location = 'LKO-01';
const book = useBook();
let phone: Phone;
let left: unknown[];
let [sheet, spoiled, elsewhere] = ['', '', ''];
let serial = 100;
beforeAll(async () => {
  phone = await openPhone(book, location, 'LKO1');
  const goods = kurtas(2).map((item) => ({ item, quantity: 20 }));
  expectOk(await phone.next(receipt(book.clock, goods, { occurredAt: '2026-11-22T04:59:59.000Z' })).send());
  const counted = (by: Phone, body: Parameters<Phone['next']>[0]) => by.next(body).send().then(expectOk);
  sheet = (await counted(phone, countSheet(book.clock, goods))).number;
  spoiled = (await counted(phone, cancelled(book.clock, 'C', 'torn'))).number;
  elsewhere = (await counted(await openPhone(book, 'LKO-02', 'LKO1'), countSheet(book.clock, goods))).number;
  left = await booksAndShelves(book);
});

describe('A refused shift close gives a helpful problem and leaves nothing behind', () => {
  it.each(casesOf(SHIFTS))('$as: $says', isRefused);
});

describe('A refused hand-over gives a helpful problem and leaves nothing behind', () => {
  it.each(casesOf(HAND_OVERS))('$as: $says', async (bad) => {
    await isRefused(bad);
    const { version } = expectOk(await book.admin.getEntry({ path: { kind: 'terminals', id: phone.terminal } }));
    expect(version).toBe(1);
  });

  it('A depot cannot be handed over, only a stall.', async () => {
    const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
    const path = `/locations/PBE-D1/vouchers/${forged('H')}`;
    await expectProblem(
      await ask(book, path, { method: 'PUT', body: JSON.stringify(handing()), token }),
      403,
      'FORBIDDEN',
    );
  });
});

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

/** Refused claims, with status, code and the named field. */
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

const handing = (more: object = {}) =>
  said({
    kind: 'H',
    outgoing: 'S001',
    incoming: 'S002',
    signed: { outgoing: 'Asha', incoming: 'Ravi' },
    cash: 0,
    sheets: [],
    terminals: [{ terminal: phone.terminal, last: [] }],
    ...more,
  });

const ends = (terminal: string, ...last: unknown[]) => ({ terminals: [{ terminal, last }] });

const HAND_OVERS: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST incoming': {
    'to who goes': () => ({ body: handing({ incoming: 'S001' }) }),
    'to nobody': () => ({ body: handing({ incoming: undefined }) }),
    'to __proto__': () => ({ body: handing({ incoming: '__proto__' }) }),
  },
  '400 INVALID_REQUEST outgoing': { 'from nobody': () => ({ body: handing({ outgoing: null }) }) },
  '400 INVALID_REQUEST signed': { unsigned: () => ({ body: handing({ signed: undefined }) }) },
  '400 INVALID_REQUEST signed.incoming': {
    'signed by one': () => ({ body: handing({ signed: { outgoing: 'Asha' } }) }),
    'signed with a blank': () => ({ body: handing({ signed: { outgoing: 'Asha', incoming: ' ' } }) }),
  },
  '400 INVALID_REQUEST cash': Object.fromEntries(
    [-1, 0.5, 1e13, null, '5', undefined].map((cash) => [
      `cash of ${JSON.stringify(cash)}`,
      () => ({ body: handing({ cash }) }),
    ]),
  ),
  '400 INVALID_REQUEST sheets': {
    'no word of sheets': () => ({ body: handing({ sheets: undefined }) }),
    '26 sheets': () => ({
      body: handing({ sheets: Array.from({ length: 26 }, (_, n) => numberAt(book.clock, phone.terminal, 'C', n + 1)) }),
    }),
    'a sheet twice': () => ({ body: handing({ sheets: [sheet, sheet] }) }),
  },
  '400 INVALID_REQUEST sheets.0': {
    'a sheet that is no number': () => ({ body: handing({ sheets: ['the first'] }) }),
    'a sale for a sheet': () => ({ body: handing({ sheets: [numberAt(book.clock, phone.terminal, 'S', 1)] }) }),
  },
  '422 VOUCHER_UNKNOWN': {
    'a sheet that nobody recorded': () => ({ body: handing({ sheets: [sheet, forged('C')] }) }),
    'a sheet of another stall': () => ({ body: handing({ sheets: [elsewhere] }) }),
    'a sheet that was spoiled': () => ({ body: handing({ sheets: [spoiled] }) }),
  },
  '400 INVALID_REQUEST terminals': {
    'no terminals': () => ({ body: handing({ terminals: [] }) }),
    '11 terminals': () => ({ body: handing({ terminals: Array(11).fill({ terminal: phone.terminal, last: [] }) }) }),
    'a terminal twice': () => ({ body: handing({ terminals: Array(2).fill({ terminal: phone.terminal, last: [] }) }) }),
  },
  '400 INVALID_REQUEST terminals.0.terminal': {
    'a terminal that is no code': () => ({ body: handing(ends('the phone')) }),
  },
  '422 REFERENCE_UNKNOWN terminals.0.terminal': {
    'a terminal that is not enrolled': () => ({ body: handing(ends('7KQ2M')) }),
    'a terminal of another stall': () => ({ body: handing(ends(elsewhere.slice(0, 5))) }),
  },
  '400 INVALID_REQUEST terminals.0.last': {
    'no last numbers': () => ({ body: handing({ terminals: [{ terminal: phone.terminal }] }) }),
    'two last numbers of a kind': () => ({
      body: handing(ends(phone.terminal, ...[1, 2].map((n) => numberAt(book.clock, phone.terminal, 'S', n)))),
    }),
  },
  '400 INVALID_REQUEST terminals.0.last.0': {
    "another's last number": () => ({ body: handing(ends(phone.terminal, forged('S'))) }),
    'a last number that is none': () => ({ body: handing(ends(phone.terminal, 'the last')) }),
    'a last number 7': () => ({ body: handing(ends(phone.terminal, 7)) }),
  },
  '400 INVALID_REQUEST code': { 'a code of their own': () => ({ body: handing({ code: 'ABCD EFGH' }) }) },
  '400 INVALID_REQUEST lines': { lines: () => ({ body: handing({ lines: [] }) }) },
  '400 INVALID_REQUEST __proto__': {
    'a field __proto__': () => ({ body: written(handing(), '{', '{"__proto__":{"cash":2},') }),
  },
  '422 NUMBER_MISMATCH kind': { 'the number of a close': () => ({ number: numbered('K'), body: handing() }) },
  '422 CLOCK_OFF': { 'a clock 301 s behind': () => ({ body: handing({ occurredAt: '2026-11-22T04:54:59Z' }) }) },
  '422 TERMINAL_UNKNOWN': { 'a terminal that is not enrolled': () => ({ number: forged('H'), body: handing() }) },
};

const casesOf = (refused: typeof SHIFTS) =>
  Object.entries(refused).flatMap(([as, cases]) => Object.entries(cases).map(([says, sent]) => ({ says, as, sent })));

const isRefused = async ({ as, sent }: { as: string; sent: () => Put }) => {
  const [status, code, ...fields] = as.split(' ');
  await expectProblem(await put(sent()), Number(status), code, ...fields);
  expect(await booksAndShelves(book)).toEqual(left);
};

import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectOk, numberAt, useBook } from '../kit/book.ts';
import { dispatch, kurtas, receipt, reversal } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { ask, booksAndShelves, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [location, there] = ['LKO-01', 'LKO-02'];
const [item = '', other = ''] = kurtas(2);
const book = useBook();
let phone: Phone;
let [sent, closed, open, came] = ['', '', '', ''];
let left: unknown[];
let serial = 100;

/** 20 of each; of two dispatches to here one was received, and one to there was in part. */
beforeAll(async () => {
  const { clock } = book;
  phone = await openPhone(book, location, 'LKO1');
  const beside = await openPhone(book, there, 'LKO1');
  const stock = [item, other].map((of) => ({ item: of, quantity: 20 }));
  const recorded = async (by: Phone, body: Parameters<Phone['next']>[0]) => expectOk(await by.next(body).send()).number;
  for (const one of [phone, beside]) await recorded(one, receipt(clock, stock));
  const six = [{ item, quantity: 6 }];
  sent = await recorded(phone, dispatch(clock, there, six));
  await recorded(beside, receipt(clock, [{ item, quantity: 4 }], { from: { dispatch: sent } }));
  closed = await recorded(beside, dispatch(clock, location, six));
  came = await recorded(phone, receipt(clock, six, { from: { dispatch: closed } }));
  open = await recorded(beside, dispatch(clock, location, six));
  left = await booksAndShelves(book);
});
afterEach(() => book.clock.set(START));

const numbered = (kind: string) => numberAt(book.clock, phone.terminal, kind, ++serial);

const goes = (line: object = {}, more: object = {}) =>
  dispatch(book.clock, there, [{ item, quantity: 2, ...line }], more);
const comes = (line: object = {}, more: object = {}) =>
  receipt(book.clock, [{ item, quantity: 2, ...line }], { from: { dispatch: open }, ...more });
const back = (of: string, line: object = {}, more: object = {}) =>
  reversal(book.clock, of, [{ line: 1, item, quantity: 1, ...line }], {
    reason: 'mistake',
    refund: undefined,
    ...more,
  });
const forged = (kind: string) => `7KQ2M${kind}2611220001`;
const written = (body: object, text: string, instead: string) => JSON.stringify(body).replace(text, instead);
const WRONG = [-1, 0.5, 1e9, null, true, [1], '', '2', 'some', {}];
const many = (count: number) => Array.from({ length: count }, () => ({ item, quantity: 1 }));

/** Refused claims, with status, code and the named field. */
const DISPATCHES: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST lines.0.quantity': Object.fromEntries(
    [0, ...WRONG].map((quantity) => [`so many: ${JSON.stringify(quantity)}`, () => ({ body: goes({ quantity }) })]),
  ),
  '422 QUANTITY_NOT_WHOLE lines.0.quantity': {
    'half a piece': () => ({ body: goes({ quantity: '0.5 piece' }) }),
    'a unit that it has not': () => ({ body: goes({ quantity: '2 bundle' }) }),
  },
  '400 INVALID_REQUEST lines': {
    'no lines': () => ({ body: goes({}, { lines: [] }) }),
    '41 lines': () => ({ body: goes({}, { lines: many(41) }) }),
  },
  '400 INVALID_REQUEST lines.0.item': { 'an item __proto__': () => ({ body: goes({ item: '__proto__' }) }) },
  '422 ITEM_UNKNOWN lines.0.item': { 'an unknown item': () => ({ body: goes({ item: 'NO-SUCH' }) }) },
  '422 ITEM_OF_ANOTHER_SELLER lines.0.item': {
    "another seller's item": () => ({ body: goes({ item: 'LKO-ZARI-1' }) }),
  },
  '400 INVALID_REQUEST lines.0.unitCost': Object.fromEntries(
    [-1, 0.5, 1e13, '100', null].map((unitCost) => [
      `at ${JSON.stringify(unitCost)}`,
      () => ({ body: goes({ unitCost }) }),
    ]),
  ),
  '400 INVALID_REQUEST lines.0.rejected': { 'what is rejected': () => ({ body: goes({ rejected: 1 }) }) },
  '400 INVALID_REQUEST to': {
    'to nowhere': () => ({ body: goes({}, { to: undefined }) }),
    'to what is no location': () => ({ body: goes({}, { to: '__proto__' }) }),
    'to a producer': () => ({ body: goes({}, { to: 'P0042' }) }),
    'to two places': () => ({ body: goes({}, { to: [there, there] }) }),
    'to where it is': () => ({ body: goes({}, { to: location }) }),
  },
  '422 REFERENCE_UNKNOWN to': {
    'to a stall that nobody knows': () => ({ body: goes({}, { to: 'LKO-77' }) }),
    'to a depot that nobody knows': () => ({ body: goes({}, { to: 'LKO-D7' }) }),
  },
  '422 SELLER_NOT_HERE': { 'to where its seller does not trade': () => ({ body: goes({}, { to: 'PBE-01' }) }) },
  '400 INVALID_REQUEST document': { 'a blank for a document': () => ({ body: goes({}, { document: ' ' }) }) },
  '400 INVALID_REQUEST from': { 'from somewhere': () => ({ body: goes({}, { from: location }) }) },
  '400 INVALID_REQUEST __proto__': {
    'a field __proto__': () => ({ body: written(goes(), '{', '{"__proto__":{"to":"LKO-02"},') }),
  },
  '409 INSUFFICIENT_STOCK': {
    'more than is there': () => ({ body: goes({ quantity: 21 }) }),
    'in two lines, more than is there': () => ({
      body: goes({}, { lines: Array(2).fill({ item: other, quantity: 11 }) }),
    }),
    'what it sent and has not back': () => ({ body: goes({ item: other, quantity: 999 }) }),
  },
  '422 NUMBER_MISMATCH kind': { 'a number of a receipt': () => ({ number: numbered('R'), body: goes() }) },
  '422 CLOCK_OFF': {
    'a clock 301 s ahead': () => ({ body: goes({}, { occurredAt: '2026-11-22T05:05:01.000Z' }) }),
  },
  '422 TERMINAL_UNKNOWN': { 'a terminal that is not enrolled': () => ({ number: forged('D'), body: goes() }) },
};

const RECEIPTS: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST from.dispatch': {
    'of a dispatch and a supplier': () => ({ body: comes({}, { from: { dispatch: open, supplier: 'Samiti' } }) }),
    'of a dispatch of no number': () => ({ body: comes({}, { from: { dispatch: null } }) }),
    'of a dispatch that is a sale': () => ({ body: comes({}, { from: { dispatch: forged('S') } }) }),
  },
  '400 INVALID_REQUEST from.supplier': { 'of nothing': () => ({ body: comes({}, { from: {} }) }) },
  '400 INVALID_REQUEST lines.0.quantity': {
    ...Object.fromEntries(
      WRONG.map((quantity) => [`so many: ${JSON.stringify(quantity)}`, () => ({ body: comes({ quantity }) })]),
    ),
    'nothing of a supplier': () => ({ body: comes({ quantity: 0 }, { from: { supplier: 'Samiti' } }) }),
    'nothing of a maker': () => ({ body: comes({ quantity: 0 }, { from: { producer: 'P0042' } }) }),
  },
  '400 INVALID_REQUEST lines.0.rejected': {
    ...Object.fromEntries(
      [0, ...WRONG].map((rejected) => [
        `so many rejected: ${JSON.stringify(rejected)}`,
        () => ({ body: comes({ rejected, why: 'torn' }) }),
      ]),
    ),
    'rejected of a supplier': () => ({ body: comes({ rejected: 1, why: 'torn' }, { from: { supplier: 'Samiti' } }) }),
  },
  '400 INVALID_REQUEST lines.0.why': {
    'rejected for no reason': () => ({ body: comes({ rejected: 1 }) }),
    'rejected for a blank': () => ({ body: comes({ rejected: 1, why: ' ' }) }),
    'a reason for nothing': () => ({ body: comes({ why: 'torn' }) }),
  },
  '422 QUANTITY_NOT_WHOLE lines.0.rejected': {
    'half a piece rejected': () => ({ body: comes({ rejected: '0.5 piece', why: 'torn' }) }),
  },
  '422 ITEM_UNKNOWN lines.0.item': {
    'nothing of an unknown item': () => ({ body: comes({ item: 'NO-SUCH', quantity: 0 }) }),
  },
  '422 LOT_WRONG lines.0.lot': { 'a lot at a stall': () => ({ body: comes({ lot: 'SIL-1' }) }) },
  '409 TRANSFER_CLOSED': {
    'of a dispatch that was received': () => ({ body: comes({}, { from: { dispatch: closed } }) }),
  },
  '409 NOT_ADDRESSEE': {
    'of one that was sent to another location': () => ({ body: comes({}, { from: { dispatch: sent } }) }),
  },
  '400 INVALID_REQUEST final': {
    'the last delivery of a supplier': () => ({ body: comes({}, { from: { supplier: 'Samiti' }, final: true }) }),
  },
};

const REVERSALS: Record<string, Record<string, () => Put>> = {
  '400 INVALID_REQUEST reason': {
    'a dispatch that is returned': () => ({ body: back(sent, {}, { reason: 'return' }) }),
  },
  '400 INVALID_REQUEST goods': {
    'a dispatch written off': () => ({ body: back(sent, {}, { goods: 'written off' }) }),
  },
  '400 INVALID_REQUEST refund': {
    'money for a dispatch': () => ({ body: back(sent, {}, { refund: [{ tender: 'cash', amount: 1 }] }) }),
  },
  '422 VOUCHER_UNKNOWN': {
    'a dispatch that nobody recorded': () => ({ body: back(forged('D')) }),
    "another location's dispatch": () => ({ body: back(open) }),
  },
  '409 RETURN_EXCEEDED lines.0.quantity': {
    'of a dispatch, more than was not accepted': () => ({ body: back(sent, { quantity: 3 }) }),
    'of a dispatch, more than was sent': () => ({ body: back(sent, { quantity: 7 }) }),
    'of a receipt, more than was accepted': () => ({ body: back(came, { quantity: 7 }) }),
  },
  '409 RETURN_EXCEEDED lines.0.line': { 'of another item': () => ({ body: back(sent, { item: other }) }) },
};

describe.each([
  ['a dispatch', DISPATCHES],
  ['a receipt of a dispatch', RECEIPTS],
  ['what takes one back', REVERSALS],
])('A refused %s gives a helpful problem and leaves nothing behind', (_what, refused) => {
  it.each(casesOf(refused))('$as: $says', async ({ as, of }) => {
    const [status, code, ...fields] = as.split(' ');
    const before = await transfers();
    await expectProblem(await put(of()), Number(status), code, ...fields);
    expect(await booksAndShelves(book)).toEqual(left);
    expect(await transfers()).toEqual(before);
  });
});

it('After all refusals, the correct receipt succeeds once.', async () => {
  expect((await put({ body: back(sent, { quantity: 2 }) })).status).toBe(201);
  await expectProblem(await put({ body: back(sent) }), 409, 'RETURN_EXCEEDED', 'lines.0.quantity');
  expect((await put({ body: comes({ quantity: 6 }) })).status).toBe(201);
  await expectProblem(await put({ body: comes({ quantity: 6 }) }), 409, 'TRANSFER_CLOSED');
});

const START = '2026-11-22T05:00:00.000Z';

type Put = { number?: string; body: object | string };

const put = async ({ number, body }: Put) => {
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${location}`] });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const kind = /"kind":"(\w)"/.exec(text)?.[1] ?? 'D';
  const path = `/locations/${location}/vouchers/${number ?? numbered(kind)}`;
  return ask(book, path, { method: 'PUT', body: text, token });
};

const casesOf = (refused: typeof DISPATCHES) =>
  Object.entries(refused).flatMap(([as, cases]) => Object.entries(cases).map(([says, of]) => ({ says, as, of })));

const transfers = async () =>
  Promise.all(
    [sent, closed, open].map(async (of) =>
      expectOk(await book.admin.getTransfer({ path: { location, dispatch: of } })),
    ),
  );

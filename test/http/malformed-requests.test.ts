import { beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/kernel/problems.ts';
import { enrol, numberAt, useBook } from '../kit/book.ts';
import { kurtas, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { ask, booksAndShelves, expectProblem, type Sent, type Wire } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let terminal: string;
let token: string;

beforeAll(async () => {
  terminal = await enrol(book, 'LKO-01', 'LKO1');
  token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
});

describe('A refused body leaves nothing behind', () => {
  const BODIES: [says: string, status: number, code: ErrorCode, () => Wire][] = [
    ['nothing', 400, 'MALFORMED_JSON', () => ''],
    ['white space', 400, 'MALFORMED_JSON', () => ' \n'],
    ['half an object', 400, 'MALFORMED_JSON', () => '{"kind":"S"'],
    ['two objects', 400, 'MALFORMED_JSON', () => '{}{}'],
    ['a form', 400, 'MALFORMED_JSON', () => new URLSearchParams({ kind: 'S' })],
    ['bytes that are no text', 400, 'MALFORMED_JSON', () => new Uint8Array([0xff, 0xfe, 0x00])],
    ['half a character', 400, 'MALFORMED_JSON', () => '{"kind":"\\ud800"}'],
    ['a well without end', 400, 'INVALID_REQUEST', () => `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
    ['a well of 250 KB', 400, 'INVALID_REQUEST', () => `${'['.repeat(125 * KB)}${']'.repeat(125 * KB)}`],
    ['null', 400, 'INVALID_REQUEST', () => 'null'],
    ['a list', 400, 'INVALID_REQUEST', () => '[]'],
    ['a word', 400, 'INVALID_REQUEST', () => '"x"'],
    ['a number', 400, 'INVALID_REQUEST', () => '7'],
    ['an empty object', 400, 'INVALID_REQUEST', () => '{}'],
    ['256 KB and a byte', 413, 'BODY_TOO_LARGE', () => text(256 * KB + 1)],
    ['256 KB of characters of two bytes', 413, 'BODY_TOO_LARGE', () => JSON.stringify('é'.repeat(200 * KB))],
    ['2 MB', 413, 'BODY_TOO_LARGE', () => text(2 * KB * KB)],
  ];

  it.each(BODIES)('%s', async (_says, status, code, body) => {
    await expectProblem(await put(body()), status, code);
    expect(await booksAndShelves(book)).toEqual([]);
  });
});

describe('A voucher with a well of 200 KB is refused alone', () => {
  const well = `${'['.repeat(100 * KB)}${']'.repeat(100 * KB)}`;
  const WELLS: [place: string, (number: string) => string][] = [
    ['the voucher', () => well],
    ['its claim', (number) => `{"number":"${number}","claim":${well}}`],
    ['its lines', (number) => `{"number":"${number}","claim":{"kind":"S","lines":${well}}}`],
    ['its number', () => `{"number":${well}}`],
  ];

  it.each(WELLS)('%s', async (_place, voucher) => {
    const answer = await fetch(`${book.bahi.url}/locations/LKO-01/vouchers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: `{"vouchers":[${voucher(numberAt(book.clock, terminal, 'S', 2))}]}`,
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ outcomes: [{ outcome: 'refused' }] });
  });
});

it('A body of exactly 256 KB is read.', async () => {
  expect((await put(text(256 * KB))).status).toBe(201);
});

describe('Impossible addresses are refused', () => {
  const ADDRESSES: [address: string, field: string, method?: string][] = [
    ...['__proto__', 'constructor', '%5F%5Fproto%5F%5F', '%E0%A4%A', '%', 'lko-01', 'LKO-01%00', 'LKO-01%2F..'].map(
      (location): [string, string] => [`/locations/${location}/stock`, 'location'],
    ),
    ['/items/__proto__/stock', 'item'],
    ['/items/constructor/stock', 'item'],
    ['/items/%E0%A4%A/stock', 'item'],
    ['/locations/LKO-01/vouchers/__proto__', 'number'],
    ['/locations/LKO-01/vouchers/7KQ2MS2611220000', 'number'],
    ['/locations/LKO-01/vouchers/7KQ2MS2613220001', 'number'],
    ['/locations/LKO-01/days/2026-02-30', 'day'],
    ['/locations/LKO-01/days/__proto__', 'day'],
    ['/locations/__proto__/vouchers', 'location', 'POST'],
    ['/locations/constructor/held', 'location'],
    ['/locations/LKO-01/held/__proto__', 'held', 'POST'],
    ['/locations/LKO-01/held/7KQ2MS2611220001', 'held', 'POST'],
    ['/locations/__proto__/terminals', 'location', 'POST'],
    ['/locations/LKO-01/terminals/constructor/revoke', 'terminal', 'POST'],
    ['/registry/__proto__', 'kind'],
    ['/registry/constructor', 'kind'],
    ['/registry/constructor/name', 'kind'],
    ['/registry/__proto__/__proto__', 'kind'],
    ['/registry/enrolment-codes', 'kind'],
    ['/registry/items/__proto__', 'id'],
    ['/registry/items/constructor', 'id'],
    ['/registry/items/%E0%A4%A', 'id'],
    ['/registry/__proto__/LKO-01', 'kind', 'PUT'],
    ['/registry/constructor/import', 'kind', 'POST'],
    ['/registry/terminals/import', 'kind', 'POST'],
  ];

  it.each(ADDRESSES)('%s', async (address, field, method = 'GET') => {
    await expectProblem(await askAs(address, { method }), 400, 'INVALID_REQUEST', field);
  });

  it.each(['/nothing', '/locations', '/locations//stock', '/health/', '/local', '/openapi_json'])(
    '%s, which no operation has, is 404.',
    async (address) => {
      await expectProblem(await askAs(address), 404, 'NOT_FOUND');
    },
  );
  it('A method that no operation has is 404.', async () => {
    await expectProblem(await askAs('/locations/LKO-01/stock', { method: 'DELETE' }), 404, 'NOT_FOUND');
  });
});

describe('Undeclared query parameters are refused', () => {
  const stock = '/locations/LKO-01/stock';
  const QUERIES: [query: string, field: string][] = [
    ['short=yes', 'short'],
    ['short=', 'short'],
    ['limit=5', 'limit'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['cursor=', 'cursor'],
    ['cursor=%00', 'cursor'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${'A'.repeat(2_000)}`, 'cursor'],
    ...[{}, null, [], [''], [1], [null], ['\ud800'], ['x'.repeat(201)], Array(6).fill('x')].map(
      (parts): [string, string] => [`cursor=${cursor(parts)}`, 'cursor'],
    ),
  ];
  it.each(QUERIES)('stock?%s', async (query, field) => {
    await expectProblem(await askAs(`${stock}?${query}`), 400, 'INVALID_REQUEST', field);
  });

  it.each([
    ['/locations/LKO-01/days/2026-11-22?ending=12', 'ending'],
    ['/locations/LKO-01/days/2026-11-22?ending=12345', 'ending'],
    ['/locations/LKO-01/catalogue?since=yesterday', 'since'],
    ['/locations/LKO-01/catalogue?since=2026-11-22', 'since'],
    ['/locations/LKO-01/held?settled=yes', 'settled'],
    ['/locations/LKO-01/held?state=held', 'state'],
    ['/alerts?area=Lucknow', 'area'],
    ['/alerts?location=LKO-01&area=LKO', 'area'],
    ['/alerts?location=__proto__', 'location'],
    ['/alerts?state=closed', 'state'],
    ['/alerts?type=constructor', 'type'],
    ['/registry/items?kind=items', 'kind'],
    ['/health?verbose=true', 'verbose'],
  ])('%s', async (address, field) => {
    await expectProblem(await askAs(address), 400, 'INVALID_REQUEST', field);
  });

  const CURSORS = [['x'], ['LKO1', '2026'], ['LKO1', '0', 'X'], ['LKO1', 'x', 'y'], ['LKO', 'x', 'y', 'z'], ['~']];
  it.each([
    stock,
    '/locations/LKO-01/days/2026-11-22',
    '/locations/LKO-01/held',
    '/locations/LKO-01/held?settled=true',
    '/locations/LKO-01/catalogue',
    '/locations/LKO-01/catalogue?since=2026-11-22T00:00:00Z',
    '/items/LKO-KURTA-01/stock',
    '/alerts',
    '/alerts?location=LKO-01',
    '/alerts?area=LKO&state=resolved',
    '/registry/items',
  ])("%s with another list's cursor answers a page or a problem, never a server error.", async (address) => {
    for (const parts of CURSORS) {
      const url = `${address}${address.includes('?') ? '&' : '?'}cursor=${cursor(parts)}`;
      expect((await askAs(url)).status, url).toBeLessThan(500);
    }
  });

  it('A repeated parameter answers once or with a problem, never a server error.', async () => {
    expect((await askAs(`${stock}?short=true&short=false`)).status).toBeLessThan(500);
  });
});

it('An If-Match that is not a version is refused.', async () => {
  for (const version of ['*', 'W/"1"', '"x"', '"0"', '"1.5"', '1, 2', '""', '"0x1"', '1e0', '"1']) {
    const request = { method: 'PUT', body: '{}', headers: { 'if-match': version } };
    await expectProblem(await askAs('/registry/districts/LKO', request), 400, 'INVALID_REQUEST', 'If-Match');
  }
});

const KB = 1024;

const askAs = (path: string, sent: Sent = {}) => ask(book, path, { token, ...sent });

const put = (body: Wire) =>
  askAs(`/locations/LKO-01/vouchers/${numberAt(book.clock, terminal, 'S', 1)}`, { method: 'PUT', body });

const text = (size: number): string =>
  JSON.stringify(
    sale(
      book.clock,
      kurtas(1).map((item) => ({ item, quantity: 1 })),
      { goodsInHand: true },
    ),
  ).padEnd(size);

const cursor = (parts: unknown): string =>
  cursorAfter('getLocationStock', { path: { location: 'LKO-01' } }, parts as string[]);

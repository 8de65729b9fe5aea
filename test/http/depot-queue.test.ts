import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { competingDepots } from '../kit/competing-depots.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { reservationsBy } from '../kit/reservations.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let depots: ReturnType<typeof competingDepots>;
let kit: ReturnType<typeof reservationsBy>;
beforeAll(async () => {
  depots = competingDepots(book);
  kit = reservationsBy(depots.plain);
});

it('A depot sees its open requests, the longest waiting first, or one part of them.', async () => {
  const depot = await openDepot(book);
  await depot.producer('P0100', 9);
  await depot.receive('SIL-1', '50 kg');
  const asks = requestsAt(book, depot, 'P0100');
  const made: string[] = [];
  for (let n = 0; n < 9; n++) {
    if (n !== 5) book.clock.forward(60); // two ask at one time
    made.push(await asks.submitted(`${n + 1} kg`));
  }
  const [whole = '', a = '', rejected = '', cancelled = '', c = '', d = '', part = '', received = '', both = ''] = made;
  for (const number of [both, received, part, cancelled, whole]) expectOk(await asks.approve(number));
  expectOk(await asks.approve(c, [{ item: BAMBOO, quantity: '2 kg' }]));
  expectOk(await asks.reject(rejected));
  expectOk(await asks.cancel(cancelled));
  expectOk(await asks.issue(whole, '1 kg'));
  expectOk(await asks.issue(part, '3 kg'));
  for (const number of [received, both]) {
    expectOk(await asks.issue(number, number === both ? '4 kg' : '8 kg'));
    expectOk(await asks.confirm(number));
  }
  const { requests, cursor } = await page(DEPOT);
  expect(cursor).toBeUndefined();
  // 50 kg, of which 16 were issued, and 2 + 4 + 5 are reserved.
  expect(requests.map(({ request, state, canServe }) => [request, state, canServe.map((one) => one.quantity)])).toEqual(
    [
      [whole, 'issued', []],
      [a, 'submitted', [2_000]],
      [c, 'approved', [2_000]],
      [d, 'submitted', [6_000]],
      [part, 'issued', [4_000]],
      [both, 'received', [5_000]],
    ],
  );
  expect(requests.map(({ unconfirmed }) => unconfirmed)).toEqual(Array(6).fill(false));
  for (const { canServe: _served, unconfirmed: _flag, ...request } of requests)
    expect(request).toEqual(await asks.read(request.request));
  expectOk(await asks.confirm(whole));
  expect((await queue(DEPOT)).flat()).toEqual([a, c, d, part, both]);
  const inPart = async (of: 'reserved' | 'waiting' | 'unconfirmed') =>
    (await page(DEPOT, { part: of })).requests.map(({ request }) => request);
  expect([await inPart('reserved'), await inPart('waiting'), await inPart('unconfirmed')]).toEqual([
    [c, part, both],
    [a, d],
    [],
  ]);
});

it('Requests of one moment are ordered by number, and another depot sees none of them.', async () => {
  const shared = await depots.openDepot({
    entitled: {},
    free: [9],
    asks: [
      ['P0102', 1],
      ['P0101', 2],
      ['P0100', 3],
    ],
  });
  const other = await depots.openDepot({ entitled: {}, free: [9], asks: [] });
  expect(await queue(shared.depot)).toEqual([shared.all.map(({ number }) => number)]);
  expect(await queue(other.depot)).toEqual([[]]);
});

describe('What could be served now', () => {
  const served = async (depot: string) =>
    (await page(depot)).requests.map(({ canServe }) => canServe.map(({ quantity }) => quantity));

  it('Each request is shown as if alone; of missing reserved stock, only what is there.', async () => {
    const asks = [
      ['P0100', 30, 5],
      ['P0101', 40],
      ['P0101', 0, 3],
      ['P0100', 10],
    ] as const;
    const shared = await depots.openDepot({ entitled: { P0100: 99, P0101: 99 }, free: [60, 4], asks });
    const [first = '', second = ''] = shared.all.map(({ number }) => number);
    expect(await served(shared.depot)).toEqual([[30, 4], [40], [3], [10]]);
    await kit.reserve(second);
    expect(await served(shared.depot)).toEqual([[20, 4], [40], [3], [10]]);
    await kit.reserve(first, 20);
    await kit.issue(second, 25);
    expect(await served(shared.depot)).toEqual([[20], [15], [3], [0]]);
    await shared.receive(-18); // 17 are on the shelf, 35 reserved
    expect(await served(shared.depot)).toEqual([[17], [15], [3], [0]]);
    await shared.receive(-40, 1);
    expect(await served(shared.depot)).toEqual([[17], [15], [0], [0]]);
    await shared.receive(-20);
    expect(await served(shared.depot)).toEqual([[0], [0], [0], [0]]);
  });
});

describe('What could be served of waiting requests', () => {
  const served = async (depot: string) =>
    (await page(depot)).requests.map(({ canServe }) => canServe.map(({ quantity }) => quantity));

  it('It is capped by what the passbook has left of each material.', async () => {
    const shared = await depots.openDepot({
      entitled: { P0110: 25, P0111: 0 },
      free: [60, 60],
      asks: [
        ['P0110', 30, 5],
        ['P0110', 20],
        ['P0111', 9],
      ],
    });
    const [, second = ''] = shared.all.map(({ number }) => number);
    expect(await served(shared.depot)).toEqual([[25, 5], [20], [0]]);
    await kit.reserve(second, 15);
    // Reserved quantities are served whole, though the passbook has 10 left.
    expect(await served(shared.depot)).toEqual([[10, 5], [15], [0]]);
  });

  it('Without an account the default entitlement caps it, and reading opens no account.', async () => {
    const body = { name: 'Third depot', nameHi: 'तीसरा डिपो', district: 'PBT', sellers: ['PBT1'] };
    expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: 'PBE-D3' }, body }));
    const depot = await openDepot(book, 'PBE-D3');
    await depot.producer('P0120', 1);
    await depot.producer('P0121', 0);
    await depot.receive('SIL-1', '900 kg');
    for (const [producer, quantity] of [
      ['P0120', '150 kg'],
      ['P0120', '70 kg'],
      ['P0121', '5 kg'],
    ] as const)
      await requestsAt(book, depot, producer).submitted(quantity);
    const before = await depots.whole();
    expect(await served('PBE-D3')).toEqual([[120_000], [70_000], [0]]);
    expect(await depots.whole()).toEqual(before);
    for (const producer of ['P0120', 'P0121']) expect(await depot.account(producer)).toBeUndefined();
    const path = { producer: 'P0121', item: BAMBOO, grant: 'FLOOD' };
    expectOk(
      await book.admin.grantEntitlement({ path, body: { depot: 'PBE-D3', quantity: '4000 gram', why: 'flood' } }),
    );
    expect(await served('PBE-D3')).toEqual([[120_000], [70_000], [4_000]]);
  });
});

describe('Issues unconfirmed for 14 days', () => {
  it('They are flagged and can be listed alone until confirmed; another issue does not reset the time.', async () => {
    const shared = await depots.openDepot({
      entitled: { P0100: 99 },
      free: [60],
      asks: [
        ['P0100', 9],
        ['P0100', 9],
        ['P0100', 9],
        ['P0100', 9],
        ['P0100', 9],
      ],
    });
    const [old = '', part = '', recent = '', confirmed = '', waits = ''] = shared.all.map(({ number }) => number);
    await ago(20, async () => {
      for (const number of [old, part, recent, confirmed]) await kit.reserve(number);
    });
    for (const number of [old, confirmed]) await ago(14, () => kit.issue(number, 9));
    await ago(14, () => kit.issue(part, 4));
    await ago(13.9999, () => kit.issue(recent, 9));
    await kit.confirm(confirmed);

    const flagged = async () =>
      (await page(shared.depot)).requests.filter(({ unconfirmed }) => unconfirmed).map(({ request }) => request);
    expect([await flagged(), await queue(shared.depot, 'true')]).toEqual([[old, part], [[old, part]]]);
    expect(await queue(shared.depot, 'false')).toEqual([[old, part, recent, waits]]);
    book.clock.forward(-0.001);
    expect([await flagged(), await queue(shared.depot, 'true')]).toEqual([[], [[]]]);
    book.clock.forward(0.001);
    await kit.issue(part, 5);
    expect(await queue(shared.depot, 'true')).toEqual([[old, part]]);
    await kit.confirm(part);
    expect(await queue(shared.depot, 'true')).toEqual([[old]]);
    await kit.confirm(old);
    expect(await queue(shared.depot, 'true')).toEqual([[]]);
    const path = { depot: shared.depot };
    const answer = await book.admin.listRequests({ path, query: { unconfirmed: 'perhaps' as 'true' } });
    expect(outcomeOf(answer)).toBe('400 INVALID_REQUEST');
  });

  it('They are found behind hundreds of waiting requests: no page with a successor is empty.', {
    tags: 'long',
  }, async () => {
    const shared = await depots.openDepot({
      entitled: { P0100: 99_999 },
      free: [9_999],
      asks: Array.from({ length: 240 }, (_, n) => ['P0100', n + 1]),
    });
    const numbers = shared.all.map(({ number }) => number);
    const { 7: part = '', 200: last = '' } = numbers;
    for (const [number, quantity] of [
      [part, 1],
      [last, 201],
    ] as const) {
      await ago(15, () => kit.reserve(number));
      await ago(14, () => kit.issue(number, quantity));
    }
    const pages = await queue(shared.depot);
    const waiting = numbers.filter((number) => ![part, last].includes(number));
    expect(pages.map((one) => one.length)).toEqual([100, 100, 40]);
    expect(pages.flat()).toEqual(numbers);
    expect(waiting).toHaveLength(238);

    const found = await queue(shared.depot, 'true');
    expect(found.flat()).toEqual([part, last]);
    expect(found.slice(0, -1).every((one) => one.length > 0)).toBe(true);
    await kit.confirm(part);
    expect((await queue(shared.depot, 'true')).filter((one) => one.length > 0)).toEqual([[last]]);
    const { requests } = await page(shared.depot, { unconfirmed: 'true' });
    expect(requests.map(({ request }) => request)).toEqual([last]);
  });
});

const ago = <T>(days: number, act: () => Promise<T>) => daysAgo(book.clock, days, act);

const page = async (
  depot: string,
  query: {
    unconfirmed?: 'true' | 'false';
    part?: 'reserved' | 'waiting' | 'unconfirmed';
    cursor?: string | undefined;
  } = {},
) => expectOk(await book.admin.listRequests({ path: { depot }, query }));

/** All pages, each request in short. */
const queue = async (depot: string, unconfirmed?: 'true' | 'false') => {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { requests, cursor: next } = await page(depot, { ...(unconfirmed && { unconfirmed }), cursor });
    pages.push(requests.map(({ request }) => request));
    cursor = next;
  } while (cursor);
  return pages;
};

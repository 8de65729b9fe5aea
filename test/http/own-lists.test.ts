import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Book, enrol, expectOk, numberAt, openBook } from '../kit/book.ts';
import { kurtas, receipt, sale } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
let book: Book;
let depot: Depot;
beforeAll(async () => {
  book = await openBook();
  depot = await openDepot(book);
  for (const producer of ['P0100', 'P0101']) await depot.producer(producer, 9);
});
afterAll(() => book.close());

describe("A producer's own requests", () => {
  const submit = async (producer: string) => {
    const number = depot.number('Q');
    expectOk(await book.admin.submitRequest({ path: { producer, number }, body: depot.asking('2 kg') }));
    return number;
  };
  const listOf = async (producer: string, scope: string, role: 'producer' | 'depot' = 'producer') =>
    expectOk(await (await book.as(role, scope)).listProducerRequests({ path: { producer } })).requests;

  it('They are listed newest first, closed ones too, to the producer and to the depot.', async () => {
    const numbers: string[] = [];
    for (const days of [3, 2, 1]) numbers.push(await daysAgo(book.clock, days, () => submit('P0100')));
    await submit('P0101');
    const path = { producer: 'P0100', number: numbers[1] ?? '' };
    expectOk(await book.admin.cancelRequest({ path, body: { why: 'bought elsewhere' }, ifMatch: 1 }));
    const own = await listOf('P0100', 'producer:P0100');
    expect(own.map(({ request }) => request)).toEqual(numbers.toReversed());
    expect(own.map(({ state }) => state)).toEqual(['submitted', 'cancelled', 'submitted']);
    expect(await listOf('P0100', `location:${DEPOT}`, 'depot')).toEqual(own);
  });

  it('A depot to which nothing was sent sees an empty list, another producer is refused.', async () => {
    expect(await listOf('P0100', 'location:SIL-D1', 'depot')).toEqual([]);
    const other = await book.as('producer', 'producer:P0101');
    expect(outcomeOf(await other.listProducerRequests({ path: { producer: 'P0100' } }))).toBe('403 FORBIDDEN');
  });

  it('Pages follow one another: each request once.', async () => {
    const numbers: string[] = [];
    for (let nth = 0; nth < 104; nth++) {
      book.clock.forward(1);
      numbers.push(await submit('P0101'));
    }
    const client = await book.as('producer', 'producer:P0101');
    const found: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages === 0 || cursor !== undefined; pages++) {
      const query = cursor === undefined ? {} : { cursor };
      const page = expectOk(await client.listProducerRequests({ path: { producer: 'P0101' }, query }));
      found.push(...page.requests.map(({ request }) => request));
      cursor = page.cursor;
      expect(pages).toBeLessThan(3);
    }
    expect(found.slice(0, 104)).toEqual(numbers.toReversed());
    expect(found).toHaveLength(105);
  });
});

describe("A stall's day so far", () => {
  const location = 'LKO-01';
  const [item = ''] = kurtas(1);
  const lines = [{ item, quantity: 1 }];

  it('The vouchers come by time, the totals with every new voucher.', async () => {
    const day = book.clock.now().slice(0, 10);
    const [first, second] = [await enrol(book, location, 'LKO1'), await enrol(book, location, 'LKO1')];
    const client = await book.as('outlet', `location:${location}`);
    const record = async (terminal: string, kind: 'R' | 'S', serial: number) => {
      book.clock.forward(60);
      const number = numberAt(book.clock, terminal, kind, serial);
      const many = [{ item, quantity: 9 }];
      const body = kind === 'R' ? receipt(book.clock, many) : sale(book.clock, lines);
      expectOk(await book.admin.recordVoucher({ path: { location, number }, body }));
      return number;
    };
    const numbers = [
      await record(second, 'R', 1),
      await record(first, 'S', 1),
      await record(second, 'S', 1),
      await record(first, 'S', 2),
    ];
    const byTime = expectOk(await client.getDay({ path: { location, day }, query: { order: 'time' } }));
    expect(byTime.vouchers.map(({ number }) => number)).toEqual(numbers);
    const byNumber = expectOk(await client.getDay({ path: { location, day } }));
    expect(byNumber.vouchers.map(({ number }) => number)).not.toEqual(numbers);

    const price = sale(book.clock, lines).lines[0]?.unitPrice ?? 0;
    const totals = expectOk(await client.getDayTotals({ path: { location, day } }));
    expect(totals).toMatchObject({
      vouchers: 4,
      sellers: [{ seller: 'LKO1', sales: 3, amount: 3 * price, refunds: 0, refunded: 0 }],
      tenders: [{ taken: 3 * price, given: 0 }],
    });
    await record(second, 'S', 2);
    const then = expectOk(await client.getDayTotals({ path: { location, day } }));
    expect(then.sellers).toMatchObject([{ sales: 4, amount: 4 * price }]);
  });

  it('A day without vouchers has no totals, and a cursor of another list is refused.', async () => {
    const empty = { path: { location: 'LKO-02', day: '2026-11-01' } };
    expect(expectOk(await book.admin.getDayTotals(empty))).toMatchObject({ vouchers: 0, tenders: [], sellers: [] });
    const order = 'time' as const;
    const query = { order, cursor: cursorAfter('getDay', { ...empty, query: { order } }, ['a', 'b']) };
    expect(outcomeOf(await book.admin.getDay({ ...empty, query }))).toBe('400 INVALID_REQUEST');
  });
});

import { afterEach, expect, inject, it } from 'vitest';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { type Book, enrol, expectOk, numberAt, openBook } from '../kit/book.ts';
import { receipt, sale } from '../kit/claims.ts';
import { faultyClient } from '../kit/interceptor.ts';
import { dayBook, shelf, sumClaims } from '../kit/read-all.ts';

const location = 'LKO-01';
const item = 'LKO-KURTA-01';
const day = '2026-11-22';

let book: Book;
afterEach(() => book.close());

it.each([0, 0.3])(
  'Of 200 concurrent sales 100 find a piece, with a share of %f transaction conflicts.',
  async (conflicts) => {
    const answers = (await rush(1, conflicts)).flat();
    expect(answers.filter((answer) => answer === 201)).toHaveLength(100);
    expect(answers.filter((answer) => answer === 'INSUFFICIENT_STOCK')).toHaveLength(100);
    await soldOut();
  },
);

it.each([0, 0.3])(
  '200 sales, each sent twice at once, sell once each, with a share of %f conflicts.',
  { tags: 'long' },
  async (conflicts) => {
    const pairs = (await rush(2, conflicts)).map((pair) => pair.map(String).toSorted().join(' and '));
    expect(pairs.filter((pair) => pair === '200 and 201')).toHaveLength(100);
    expect(pairs.filter((pair) => pair === 'INSUFFICIENT_STOCK and INSUFFICIENT_STOCK')).toHaveLength(100);
    await soldOut();
  },
);

/**
 * 200 concurrent sales of one piece each, of 100 pieces. `conflicts`: the share of transactions
 * that conflict.
 */
const rush = async (times: number, conflicts: number) => {
  const { client, meet } = faultyClient(inject('endpoint'));
  book = await openBook({ client });
  const terminal = await enrol(book, location, 'LKO1');
  const received = receipt(book.clock, [{ item, quantity: 100 }]);
  expectOk(
    await book.admin.recordVoucher({
      path: { location, number: numberAt(book.clock, terminal, 'R', 1) },
      body: received,
    }),
  );

  const random = seededRandom(7).next;
  meet(() => (random() < conflicts ? 'conflict' : 'none'));
  const body = sale(book.clock, [{ item, quantity: 1 }]);
  const send = async (number: string) => {
    const answer = await book.admin.recordVoucher({ path: { location, number }, body });
    return answer.ok ? answer.status : answer.problem.code;
  };
  const numbers = Array.from({ length: 200 }, (_, n) => numberAt(book.clock, terminal, 'S', n + 1));
  return Promise.all(numbers.map((number) => Promise.all(Array.from({ length: times }, () => send(number)))));
};

const soldOut = async () => {
  const vouchers = await dayBook(book.admin, location, day);
  const row = (await shelf(book.admin, location)).get(item);
  expect(vouchers.filter(({ claim }) => claim.kind === 'S')).toHaveLength(100);
  expect(row).toMatchObject({ onHand: 0, free: 0, version: 101 });
  expect(sumClaims(vouchers).get(item)).toEqual({ onHand: 0, version: 101 });
};

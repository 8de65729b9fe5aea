import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createClient } from '../../shared/api/client.ts';
import { type Book, enrol, numberAt, openBook } from '../kit/book.ts';
import { adjustment, kurtas, receipt, sale } from '../kit/claims.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { dayBook, shelf, sumClaims } from '../kit/read-all.ts';
import { runs } from '../kit/runs.ts';

let faulty: FaultyClient;
let book: Book;
let terminal: string;
let serial = 0;

beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
  terminal = await enrol(book, location, 'LKO1');
});
afterAll(() => book.close());

it('Under any transaction faults, every voucher is recorded once or refused, and stock adds up.', {
  tags: 'property',
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sending, { minLength: 1, maxLength: 8 }), faults, async (all, met) => {
      faulty.meet(inOrder(met));
      const sent = await sendAll(all);
      const vouchers = await dayBook(book.admin, location, day);
      const rows = await shelf(book.admin, location);

      for (const { number, statuses } of sent) {
        expect(statuses.filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
        const recorded = vouchers.filter((voucher) => voucher.number === number).length;
        expect(recorded).toBe(statuses.some((status) => status < 300) ? 1 : 0);
        expect(statuses.filter((status) => status === 201)).toHaveLength(recorded);
      }
      const sums = sumClaims(vouchers);
      expect([...rows.keys()].toSorted()).toEqual([...sums.keys()].toSorted());
      for (const [item, { onHand, free, version }] of rows) {
        expect({ item, onHand, free, version }).toEqual({ item, free: sums.get(item)?.onHand, ...sums.get(item) });
        if (item !== IN_HAND) expect(onHand).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: runs(40), seed: 42 },
  );
});

it.each(FAULTS)('A first receipt that meets %s is recorded once and answered 201.', async (fault) => {
  faulty.meet(inOrder([fault]));
  const body = receipt(book.clock, [{ item: 'LKO-KURTA-09', quantity: 1 }]);
  const path = { location, number: numberAt(book.clock, terminal, 'R', ++serial) };
  const before = (await shelf(book.admin, location)).get('LKO-KURTA-09')?.onHand ?? 0;

  const answers = [await book.admin.recordVoucher({ path, body }), await book.admin.recordVoucher({ path, body })];

  expect(answers.map(({ status }) => status)).toEqual([201, 200]);
  expect((await shelf(book.admin, location)).get('LKO-KURTA-09')?.onHand).toBe(before + 1);
});

it("Endless conflicts answer 503 with Retry-After within a phone's patience, and do nothing.", async () => {
  const clock = hurriedClock();
  let tries = 0;
  faulty.meet(() => {
    tries++;
    clock.forward(900);
    return 'conflict';
  });
  const waits: (string | null)[] = [];
  const listening: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    waits.push(response.headers.get('retry-after'));
    return response;
  };
  const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
  const before = await shelf(book.admin, location);
  const number = numberAt(book.clock, terminal, 'R', ++serial);
  const body = receipt(book.clock, [{ item: 'LKO-KURTA-01', quantity: 1 }]);

  const answer = await createClient(book.bahi.url, token, listening, book.phone).recordVoucher({
    path: { location, number },
    body,
  });

  expect(answer).toMatchObject({ status: 503, problem: { code: 'BUSY' } });
  expect(waits).toEqual(['1']);
  expect(tries).toBeGreaterThan(4);
  expect(tries).toBeLessThan(9);
  expect(await book.admin.getVoucher({ path: { location, number } })).toMatchObject({ status: 404 });
  expect(await shelf(book.admin, location)).toEqual(before);
});

it('If the client retries after a lost answer, its token shows that our own commit succeeded.', async () => {
  faulty.meet(() => 'none');
  let lost = 0;
  faulty.client.intercept('attempt', async ({ operation, input }, send) => {
    const answer = await send(input);
    if (operation !== 'TransactWriteItems' || lost++ > 0) return answer;
    throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
  });
  const path = { location, number: numberAt(book.clock, terminal, 'R', ++serial) };
  const body = receipt(book.clock, [{ item: 'LKO-KURTA-02', quantity: 1 }]);
  const before = (await shelf(book.admin, location)).get('LKO-KURTA-02')?.onHand ?? 0;

  const { status } = await book.admin.recordVoucher({ path, body });

  expect({ status, lost }).toEqual({ status: 201, lost: 2 });
  expect((await shelf(book.admin, location)).get('LKO-KURTA-02')?.onHand).toBe(before + 1);
});

const location = 'LKO-01';

const day = '2026-11-22';

/** Only of the last may more be sold than the book has: the seller has it in hand. */
const ITEMS = kurtas(4);

const IN_HAND = ITEMS[3];

const lines = fc.array(fc.record({ item: fc.constantFrom(...ITEMS), quantity: fc.integer({ min: 1, max: 5 }) }), {
  minLength: 1,
  maxLength: 5,
});

const sending = fc.record({
  kind: fc.constantFrom('S' as const, 'R' as const, 'A' as const),
  lines,
  inHand: fc.boolean(),
  callers: fc.integer({ min: 1, max: 3 }),
  repeatsAfter: fc.boolean(),
});

type Sending = typeof sending extends fc.Arbitrary<infer One> ? One : never;

const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 25 });

const bodyOf = ({ kind, lines: said, inHand }: Sending) => {
  const goodsInHand = inHand && said.every(({ item }) => item === IN_HAND) ? { goodsInHand: true } : {};
  if (kind === 'R') return receipt(book.clock, said);
  return kind === 'S' ? sale(book.clock, said, goodsInHand) : adjustment(book.clock, said, goodsInHand);
};

/** A phone: it sends again until it is told something, and perhaps once more. */
const callsOf = async (number: string, one: Sending): Promise<number[]> => {
  const body = bodyOf(one);
  const send = async () => (await book.admin.recordVoucher({ path: { location, number }, body })).status;
  const statuses = [await send()];
  while (statuses.at(-1) === 503) statuses.push(await send());
  if (one.repeatsAfter) statuses.push(await send());
  return statuses;
};

const sendAll = (all: readonly Sending[]) =>
  Promise.all(
    all.map(async (one) => {
      const number = numberAt(book.clock, terminal, one.kind, ++serial);
      const calls = await Promise.all(Array.from({ length: one.callers }, () => callsOf(number, one)));
      return { number, statuses: calls.flat() };
    }),
  );

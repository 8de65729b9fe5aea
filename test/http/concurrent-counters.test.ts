/** @module-tag long */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { type FaultyClient, faultyClient } from '../kit/interceptor.ts';
import { readRequests, requestsAt } from '../kit/material-requests.ts';
import { dayBook } from '../kit/read-all.ts';
import { outcomeOf } from '../kit/wire.ts';

const COUNTERS = 50;
const producer = 'P0100';
let faulty: FaultyClient;
let book: Book;
let depot: Depot;

beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
  depot = await openDepot(book);
});
afterAll(() => book.close());

const numbers: string[] = [];

it('50 concurrent counters neither overdraw one passbook and lot nor lose a gram, at 30 % conflicts.', {
  tags: 'long',
}, async () => {
  // 120 kg may be drawn; 50 ask for 3 kg each, so 40 of them get it.
  await depot.producer(producer, 1);
  await depot.receive('SIL-1', 200_000);
  const asks = requestsAt(book, depot, producer);
  for (let n = 0; n < COUNTERS; n++) numbers.push(await asks.submitted(3_000));
  const random = seededRandom(7).next;
  faulty.meet(() => (random() < 0.3 ? 'conflict' : 'none'));

  const outcomes = await Promise.all(
    numbers.map(async (number, n) => {
      const approved = await until(() => asks.approve(number, undefined, 1));
      if (!approved.ok) return outcomeOf(approved);
      // Every fifth is reversed, and every fifth is first issued too much. Most are issued in two
      // parts.
      if (n % 5 === 4) return outcomeOf(await asks.cancel(number));
      if (n % 5 === 3) expect(outcomeOf(await until(() => asks.issue(number, 3_001)))).toBe('409 RESERVED_EXCEEDED');
      for (const part of [1_000, 1_500]) {
        const voucher = { path: { location: DEPOT, number: depot.number('I') }, body: depot.issuing(number, part) };
        const issued = await until(() => book.admin.recordVoucher(voucher));
        expect([200, 201]).toContain(outcomeOf(issued));
      }
      return 'issued';
    }),
  );
  faulty.meet(() => 'none');

  const { account, requests } = await addsUp(200_000);
  const refused = outcomes.filter((one) => one === '409 ENTITLEMENT_EXCEEDED').length;
  expect(new Set(outcomes).difference(new Set(['issued', 200, '409 ENTITLEMENT_EXCEEDED']))).toEqual(new Set());
  expect(requests.filter(({ state }) => state === 'submitted')).toHaveLength(refused);
  // Quantities that came back were free for others, perhaps too late.
  expect(outcomes.filter((one) => one === 'issued').length).toBeLessThanOrEqual(40);
  expect(account.left).toBeLessThanOrEqual(120_000 - 3_000 * outcomes.filter((one) => one === 'issued').length);
  expect(refused).toBeGreaterThan(0);
});

it('Of 50 concurrent approvals with stock for 20, 20 succeed and nothing is left.', async () => {
  const asks = requestsAt(book, depot, producer);
  const { account, row } = await addsUp(200_000);
  const officer = {
    path: { producer, item: BAMBOO, grant: 'MORE' },
    body: { depot: DEPOT, quantity: '60 kg', why: 'more' },
  };
  expectOk(await book.admin.grantEntitlement(officer));
  const each = Math.floor((account.left + 60_000) / 20);
  expect(row.free).toBeGreaterThan(20 * each);
  const more: string[] = [];
  for (let n = 0; n < COUNTERS; n++) more.push(await asks.submitted(each));
  numbers.push(...more);
  const random = seededRandom(8).next;
  faulty.meet(() => (random() < 0.3 ? 'conflict' : 'none'));
  const answers = await Promise.all(more.map((number) => until(() => asks.approve(number, undefined, 1))));
  faulty.meet(() => 'none');
  expect(answers.map(outcomeOf).filter((one) => one === 200)).toHaveLength(20);
  expect(answers.map(outcomeOf).filter((one) => one === '409 ENTITLEMENT_EXCEEDED')).toHaveLength(30);
  expect((await addsUp(200_000)).account.left).toBe(account.left + 60_000 - 20 * each);
});

it('50 concurrent counters issue no more of one request than was reserved.', async () => {
  const asks = requestsAt(book, depot, producer);
  const path = { producer, item: BAMBOO, grant: 'AND-MORE' };
  expectOk(await book.admin.grantEntitlement({ path, body: { depot: DEPOT, quantity: '5000 gram', why: 'more' } }));
  const number = await asks.submitted(2_000);
  numbers.push(number);
  expectOk(await asks.approve(number));
  const random = seededRandom(9).next;
  faulty.meet(() => (random() < 0.3 ? 'conflict' : 'none'));
  const answers = await Promise.all(
    Array.from({ length: COUNTERS }, () => {
      const voucher = { path: { location: DEPOT, number: depot.number('I') }, body: depot.issuing(number, 100) };
      return until(() => book.admin.recordVoucher(voucher));
    }),
  );
  faulty.meet(() => 'none');
  expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
  expect(answers.map(outcomeOf).filter((one) => one === '409 RESERVED_EXCEEDED')).toHaveLength(30);
  expect(await asks.read(number)).toMatchObject({ lines: [{ approved: 2_000, issued: 2_000 }] });
  await addsUp(200_000);
});

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** Sends again after 503 or a version conflict, as a counter does. */
const until = async <A extends { readonly ok: boolean; readonly status: number }>(
  ask: () => Promise<A>,
): Promise<A> => {
  let answer = await ask();
  while (answer.status === 503) answer = await ask();
  return answer;
};

/** Passbook, requests, lots, stock and vouchers, each read on its own, say the same. */
const addsUp = async (received: number) => {
  const account = await depot.account(producer);
  const row = await depot.row();
  const requests = await readRequests(book, producer, numbers);
  const vouchers = (await dayBook(book.admin, DEPOT, '2026-11-22')).filter(({ claim }) => claim.kind === 'I');
  const inPassbook = expectOk(await book.admin.getPassbook({ path: { producer } })).issues;
  if (!account || !row) throw new Error('there is an account, and a row');

  const live = requests.filter(({ state }) => state === 'approved' || state === 'issued').flatMap(({ lines }) => lines);
  const issued = sum(live.map((line) => line.issued));
  const reserved = sum(live.map((line) => line.approved - line.issued));
  const ofVouchers = sum(
    vouchers.flatMap(({ claim }) =>
      'lines' in claim ? claim.lines.map(({ quantity }) => Number.parseInt(String(quantity), 10)) : [],
    ),
  );
  const fromLots = vouchers.flatMap(({ outcome }) => ('lots' in outcome ? (outcome.lots ?? []).flat() : []));

  expect(account.entitled).toBe(account.reserved + account.drawn + account.left);
  expect(account).toMatchObject({ reserved, drawn: issued });
  expect(Math.min(account.left, account.reserved, account.drawn, row.free, row.onHand)).toBeGreaterThanOrEqual(0);
  expect([ofVouchers, sum(fromLots.map(({ quantity }) => quantity))]).toEqual([issued, issued]);
  expect(row).toMatchObject({ onHand: received - issued, free: received - issued - reserved });
  expect(sum((row.lots ?? []).map(({ left }) => left))).toBe(row.onHand);
  expect(inPassbook.map(({ number }) => number).toSorted()).toEqual(vouchers.map(({ number }) => number).toSorted());
  return { account, row, requests };
};

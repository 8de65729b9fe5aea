import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Client, createClient } from '../../shared/api/client.ts';
import { REQUEST_STATES, transitionsOf } from '../../shared/materials/material-request.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { depotAndPassbook, MOVES_BY_HAND, type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const producer = 'P0100';
let faulty: FaultyClient;
let book: Book;
let depot: Depot;
let asks: RequestDriver;

beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
  depot = await openDepot(book);
  await depot.producer(producer, 9);
  await depot.receive('SIL-1', '400 kg');
  asks = requestsAt(book, depot, producer);
});
afterAll(() => book.close());

describe.each(REQUEST_STATES)('Request that is %s', (state) => {
  it.each(MOVES_BY_HAND)('%s', async (name) => {
    const number = await asks.reach[state]();
    const [before, kept] = [await asks.read(number), await left()];
    expect(before.state).toBe(state);

    const answer = await asks.move[name](number);

    const after = await asks.read(number);
    const to = transitionsOf(name).get(state);
    if (to) {
      expect(answer.ok).toBe(true);
      expect(after).toMatchObject({ state: to, version: before.version + 1 });
      expect(after.history.slice(0, -1)).toEqual(before.history);
      expect(after.history.at(-1)).toMatchObject({ did: name, at: book.clock.now() });
    } else {
      expect(outcomeOf(answer)).toBe('409 REQUEST_STATE');
      expect(answer).toMatchObject({ problem: { state, code: 'REQUEST_STATE' } });
      expect([after, await left()]).toEqual([before, kept]);
    }
  });
});

describe.each(['approve', 'reject', 'cancel'] as const)('Changing a request: %s', (name) => {
  const send = (number: string, ifMatch?: number) => {
    const version = ifMatch === undefined ? {} : { ifMatch };
    if (name === 'cancel') return book.admin.cancelRequest({ path: asks.pathOf(number), body: {}, ...version });
    const path = { depot: DEPOT, number };
    if (name === 'approve') return book.admin.approveRequest({ path, body: {}, ...version });
    return book.admin.rejectRequest({ path, body: { why: 'none left' }, ...version });
  };

  it('Without a version it is 428, with another version 412 with the current one; nothing changes.', async () => {
    const number = await asks.submitted();
    const before = [await asks.read(number), await left()];
    expect(outcomeOf(await send(number))).toBe('428 PRECONDITION_REQUIRED');
    const stale = await send(number, 2);
    expect([outcomeOf(stale), stale]).toMatchObject(['412 VERSION_MISMATCH', { problem: { version: 1 } }]);
    expect([await asks.read(number), await left()]).toEqual(before);
  });

  it('Concurrent changes succeed once, and the others are refused.', async () => {
    const number = await asks.submitted();
    const before = await depot.row();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(number, 1)));
    const outcomes = new Set(answers.map(outcomeOf));
    expect([...outcomes].filter((one) => ![200, '412 VERSION_MISMATCH'].includes(one))).toEqual([]);
    expect(outcomes).toContain(200);
    const { history, version } = await asks.read(number);
    expect([history.length, version]).toEqual([2, 2]);
    const reserved = name === 'approve' ? 2_000 : 0;
    expect((await depot.row())?.free).toBe((before?.free ?? 0) - reserved);
  });
});

it('Of concurrent approve, reject and cancel one succeeds, and the reservation matches it.', async () => {
  for (let round = 0; round < 5; round++) {
    const number = await asks.submitted();
    const before = await depot.row();
    const answers = await Promise.all([
      book.admin.approveRequest({ path: { depot: DEPOT, number }, body: {}, ifMatch: 1 }),
      book.admin.rejectRequest({ path: { depot: DEPOT, number }, body: { why: 'none left' }, ifMatch: 1 }),
      book.admin.cancelRequest({ path: asks.pathOf(number), body: {}, ifMatch: 1 }),
    ]);
    expect(answers.map(outcomeOf).toSorted()).toEqual([200, '412 VERSION_MISMATCH', '412 VERSION_MISMATCH']);
    const { state } = await asks.read(number);
    expect((await depot.row())?.free).toBe((before?.free ?? 0) - (state === 'approved' ? 2_000 : 0));
  }
});

it('Two concurrent approvals of different quantities do not both succeed.', async () => {
  const number = await asks.submitted(9_000);
  const answers = await Promise.all(
    [1_000, 2_000, 3_000].map((quantity) => asks.approve(number, [{ item: BAMBOO, quantity: `${quantity} gram` }], 1)),
  );
  const standing = await asks.read(number);
  const successes = answers.filter((one) => one.ok);
  expect(successes.map(expectOk)).toEqual([standing]);
});

it("The history has who, when and why, and an issue's voucher.", async () => {
  const subOf = async (client: Client, number: string) => {
    expectOk(await requestsAt(book, depot, producer, client, false).cancel(number, 'bought elsewhere'));
    return (await asks.read(number)).history.at(-1)?.by;
  };
  const manager = requestsAt(book, depot, producer, await book.as('depot', `location:${DEPOT}`));
  const number = await manager.submitted(3_000);
  const [submittedAt] = [book.clock.now()];
  book.clock.forward(60);
  const approved = await book.admin.approveRequest({
    path: { depot: DEPOT, number },
    body: { lines: [{ item: BAMBOO, quantity: '2 kg' }], why: 'the rest next week' },
    ifMatch: 1,
  });
  expect(approved.status).toBe(200);
  const approvedAt = book.clock.now();
  book.clock.forward(60);
  const voucher = expectOk(await manager.issue(number, 500));
  const { history } = await asks.read(number);
  expect(history).toEqual([
    { did: 'submit', at: submittedAt, by: expect.any(String), staff: 'S001' },
    {
      did: 'approve',
      at: approvedAt,
      by: expect.any(String),
      why: 'the rest next week',
      lines: [{ item: BAMBOO, quantity: 2_000 }],
    },
    { did: 'issue', at: book.clock.now(), by: expect.any(String), staff: 'S001', voucher: voucher.number },
  ]);
  const [byManager, byAdmin] = history.map(({ by }) => by);
  expect(byManager).not.toBe(byAdmin);
  const artisan = await book.as('producer', `producer:${producer}`);
  const other = await asks.submitted();
  expect([byManager, byAdmin]).not.toContain(await subOf(artisan, other));
  expect((await asks.read(other)).history.at(-1)).toMatchObject({ did: 'cancel', why: 'bought elsewhere' });
});

describe('Lost answers', () => {
  it.each(FAULTS)('An approval whose write meets %s succeeds once and says so.', async (fault) => {
    const number = await asks.submitted();
    const before = await depot.row();
    faulty.meet(inOrder([fault]));
    const answer = await asks.approve(number);
    expect(outcomeOf(answer)).toBe(200);
    expect(expectOk(answer)).toEqual(await asks.read(number));
    expect(expectOk(answer)).toMatchObject({ state: 'approved', version: 2 });
    expect((await depot.row())?.free).toBe((before?.free ?? 0) - 2_000);
  });

  it.each(FAULTS)('An issue whose write meets %s succeeds once and says so.', async (fault) => {
    const number = await asks.reach.approved();
    const before = await depot.row();
    faulty.meet(inOrder([fault]));
    expect(outcomeOf(await asks.issue(number, 700))).toBe(201);
    expect((await depot.row())?.onHand).toBe((before?.onHand ?? 0) - 700);
    expect(await asks.read(number)).toMatchObject({ lines: [{ issued: 700 }], version: 3 });
  });

  it('A repeat after a lost answer is 412 with the new version, and approved once.', async () => {
    const number = await asks.submitted();
    const before = await depot.row();
    const losing: typeof fetch = async (...request) => {
      await fetch(...request);
      throw new TypeError('the link dropped');
    };
    const token = await book.bahi.issuer.token({ role: 'depot', scope: [`location:${DEPOT}`] });
    const sent = { path: { depot: DEPOT, number }, body: { by: 'S001' }, ifMatch: 1 };
    await expect(createClient(book.bahi.url, token, losing).approveRequest(sent)).rejects.toThrow('the link dropped');
    const again = await createClient(book.bahi.url, token).approveRequest(sent);
    expect(again).toMatchObject({ status: 412, problem: { version: 2 } });
    expect(await asks.read(number)).toMatchObject({ state: 'approved', version: 2 });
    expect((await depot.row())?.free).toBe((before?.free ?? 0) - 2_000);
  });
});

const left = () => depotAndPassbook(book, producer);

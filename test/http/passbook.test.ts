import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { depotAndPassbook, type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

let faulty: FaultyClient;
let book: Book;
let depot: Depot;
let [producer, made] = ['', 0];

beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
  depot = await openDepot(book);
  await depot.receive('SIL-1', '500 kg');
});
beforeEach(async () => {
  producer = `P03${String(++made).padStart(2, '0')}`;
  await depot.producer(producer);
});
afterAll(() => book.close());

describe('Entitlement grants', () => {
  it('A grant adds to the default entitlement, with its officer, time and reason.', async () => {
    const answer = await granted('FLOOD-1');
    expect(expectOk(answer)).toEqual({
      grant: 'FLOOD-1',
      producer,
      season: '2026-27',
      item: BAMBOO,
      quantity: 20_000,
      why: 'workshop flooded',
      by: expect.any(String),
      at: book.clock.now(),
    });
    const { accounts, grants } = await passbook();
    expect(accounts).toMatchObject([{ entitled: 140_000, reserved: 0, drawn: 0, left: 140_000 }]);
    expect(grants).toEqual([expectOk(answer)]);
  });

  it('A repeat changes nothing, other content is a conflict, and another id adds.', async () => {
    expect(outcomeOf(await granted('A'))).toBe(201);
    expect(outcomeOf(await granted('A'))).toBe(200);
    expect(outcomeOf(await granted('A', { quantity: '20000 gram' }))).toBe(200);
    expect(outcomeOf(await granted('A', { quantity: '21 kg' }))).toBe('409 VOUCHER_CONFLICT');
    expect(outcomeOf(await granted('A', { why: 'another flood' }))).toBe('409 VOUCHER_CONFLICT');
    expect(await entitled()).toBe(140_000);
    expect(outcomeOf(await granted('B'))).toBe(201);
    expect(await entitled()).toBe(160_000);
  });

  it('Concurrent grants count once under one id, and twice under two.', async () => {
    const officers = [await book.as('officer', 'district:PBT'), await book.as('officer', 'state')];
    const both = (ids: readonly string[]) =>
      Promise.all(
        officers.map((officer, at) =>
          officer.grantEntitlement({ path: { producer, item: BAMBOO, grant: ids[at] ?? '' }, body }),
        ),
      );
    expect((await both(['ONE', 'ONE'])).map(outcomeOf).toSorted()).toEqual([200, 201]);
    expect(await entitled()).toBe(140_000);
    expect((await both(['TWO', 'THREE'])).map(outcomeOf)).toEqual([201, 201]);
    expect(await entitled()).toBe(180_000);
    expect((await passbook()).grants.map(({ grant }) => grant).toSorted()).toEqual(['ONE', 'THREE', 'TWO']);
  });

  it.each(FAULTS)('A grant whose write meets %s counts once and answers 201.', async (fault) => {
    faulty.meet(inOrder([fault]));
    expect(outcomeOf(await granted('A'))).toBe(201);
    expect(outcomeOf(await granted('A'))).toBe(200);
    expect(await entitled()).toBe(140_000);
  });

  it.each([
    ['422 PRODUCER_UNKNOWN', 'an unknown producer', {}, { producer: 'P9999' }],
    ['422 ITEM_UNKNOWN', 'an unknown item', {}, { item: 'NO-SUCH' }],
    ['422 NOT_A_MATERIAL', 'a product', {}, { item: 'PBT-FLUTE-C' }],
    ['422 NOT_A_MATERIAL', 'an unknown depot', { depot: 'PBE-D7' }, {}],
    ['422 QUANTITY_NOT_WHOLE', 'a part of a gram', { quantity: '0.0001 kg' }, {}],
    ['422 QUANTITY_NOT_WHOLE', 'a unit the item has not', { quantity: '2 metre' }, {}],
    ['400 INVALID_REQUEST', 'nothing', { quantity: 0 }, {}],
    ['400 INVALID_REQUEST', 'less than nothing', { quantity: -5 }, {}],
    ['400 INVALID_REQUEST', 'no reason', { why: ' ' }, {}],
    ['400 INVALID_REQUEST', 'a stall for a depot', { depot: 'PBE-01' }, {}],
    ['400 INVALID_REQUEST', 'an id that is none', {}, { grant: 'flood 1' }],
  ])('%s: %s', async (code, _what, more, path) => {
    expect(outcomeOf(await granted('BAD', more, path))).toBe(code);
    expect(await passbook()).toMatchObject({ accounts: [], grants: [], issues: [] });
  });
});

describe('Producer without registered looms, kilns or members', () => {
  it('The entitlement is zero until an officer grants some.', async () => {
    await depot.producer('P0398', 0);
    const asks = requestsAt(book, depot, 'P0398');
    const number = await asks.submitted(5_000);
    const refused = await asks.approve(number);
    expect(outcomeOf(refused)).toBe('409 ENTITLEMENT_EXCEEDED');
    expect(refused).toMatchObject({ problem: { over: [{ item: BAMBOO, wanted: 5_000, left: 0 }] } });
    expectOk(await granted('A', { quantity: '5000 gram' }, { producer: 'P0398' }));
    expect(outcomeOf(await asks.approve(number))).toBe(200);
  });

  it('The entitlement may be the fixed amount that the depot gives anyone.', async () => {
    const path = { kind: 'depots' as const, id: DEPOT };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const gives = [{ item: BAMBOO, quantity: 3_000 }];
    expectOk(await book.admin.putEntry({ path, body: { ...entry, gives }, ifMatch: version }));
    await depot.producer('P0399', 0);
    const asks = requestsAt(book, depot, 'P0399');
    const number = await asks.submitted(5_000);
    expect(await asks.approve(number)).toMatchObject({ problem: { over: [{ left: 3_000 }] } });
    expect(outcomeOf(await asks.approve(number, [{ item: BAMBOO, quantity: '3 kg' }]))).toBe(200);
  });
});

describe('A season in the passbook', () => {
  let asks: RequestDriver;
  beforeEach(() => {
    asks = requestsAt(book, depot, producer);
  });

  it('It has its issues in order of time, each with its voucher, and they add up.', async () => {
    const vouchers = [];
    const number = await asks.submitted('9 kg');
    expectOk(await asks.approve(number));
    for (const quantity of [1_000, 2_000, 4_000]) {
      book.clock.forward(60);
      vouchers.push(expectOk(await asks.issue(number, quantity)));
    }
    const { accounts, issues } = await passbook();
    expect(issues).toEqual(vouchers);
    expect(accounts).toMatchObject([{ drawn: 7_000, reserved: 2_000, left: 111_000 }]);
  });

  it("An issue belongs to its request's season, even after March; the next season starts anew.", async () => {
    const start = book.clock.now();
    onTestFinished(() => book.clock.set(start));
    book.clock.set('2027-03-31T18:00:00Z');
    const admin = await book.as('admin', 'state');
    const then = requestsAt({ ...book, admin }, depot, producer);
    const passbookOf = async (season?: string) =>
      expectOk(await admin.getPassbook({ path: { producer }, ...(season !== undefined && { query: { season } }) }));
    const number = await then.submitted('9 kg');
    expectOk(await then.approve(number));
    book.clock.set('2027-03-31T18:31:00Z');
    const voucher = expectOk(await then.issue(number, 2_000));
    expect(await passbookOf('2026-27')).toMatchObject({
      accounts: [{ season: '2026-27', drawn: 2_000, reserved: 7_000 }],
      issues: [{ number: voucher.number }],
    });
    expect(await passbookOf()).toEqual({ producer, season: '2027-28', accounts: [], grants: [], issues: [] });
    expectOk(await admin.grantEntitlement({ path: { producer, item: BAMBOO, grant: 'A' }, body }));
    expect(await passbookOf()).toMatchObject({ accounts: [{ season: '2027-28', entitled: 140_000, drawn: 0 }] });
    expect(await passbookOf('2026-27')).toMatchObject({ accounts: [{ entitled: 120_000 }], grants: [] });
  });

  it('An invalid season is refused.', async () => {
    const answer = await book.admin.getPassbook({ path: { producer }, query: { season: '2026-28' } });
    expect(outcomeOf(answer)).toBe('400 INVALID_REQUEST');
  });

  it('A refusal for exceeding the entitlement changes nothing and names the rest.', async () => {
    const number = await asks.submitted('121 kg');
    expectOk(await granted('OPEN', { quantity: '500 gram' }));
    const before = await depotAndPassbook(book, producer);
    const answer = await asks.approve(number);
    expect(outcomeOf(answer)).toBe('409 ENTITLEMENT_EXCEEDED');
    expect(answer).toMatchObject({ problem: { over: [{ item: BAMBOO, wanted: 121_000, left: 120_500 }] } });
    expect(await depotAndPassbook(book, producer)).toEqual(before);
  });
});

const body = { depot: DEPOT, quantity: '20 kg' as number | string, why: 'workshop flooded' };

const granted = (id: string, more: Partial<typeof body> = {}, path: object = {}) =>
  book.admin.grantEntitlement({ path: { producer, item: BAMBOO, grant: id, ...path }, body: { ...body, ...more } });

const passbook = async () => expectOk(await book.admin.getPassbook({ path: { producer } }));

const entitled = async () => (await depot.account(producer))?.entitled;

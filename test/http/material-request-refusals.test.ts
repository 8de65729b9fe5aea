import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { depotAndPassbook, type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let depot: Depot;
let asks: RequestDriver;
let manager: Client;
let [beyond, revoked, there, own] = ['', '', '', ''];
let serial = 500;

beforeAll(async () => {
  depot = await openDepot(book);
  const { admin } = book;
  for (const id of [producer, 'P0101']) await depot.producer(id, 1);
  // Another depot, which keeps another seller's cane beside.
  const enter = async (kind: 'sellers' | 'depots', id: string, body: object) =>
    expectOk(await admin.putEntry({ path: { kind, id }, body: body as never }));
  await enter('sellers', 'BLY1', { name: 'Cane Samiti', registration: 'unregistered', district: 'PBT' });
  const names = { name: 'Cane depot', nameHi: 'बेंत डिपो', district: 'PBT' };
  await enter('depots', ELSEWHERE, { ...names, sellers: ['PBT1', 'BLY1'] });
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'items', id: BAMBOO } }));
  expectOk(await admin.putEntry({ path: { kind: 'items', id: CANE }, body: { ...entry, seller: 'BLY1' } }));

  [beyond, revoked, there, own] = [
    await enrol(book, 'LKO-01', 'LKO1'),
    await enrol(book, DEPOT, 'PBT1'),
    await enrol(book, ELSEWHERE, 'PBT1'),
    await enrol(book, producer, 'PBT1'),
  ];
  expectOk(await admin.revokeTerminal({ path: { location: DEPOT, terminal: revoked }, body: { reason: 'lost' } }));
  await depot.receive('SIL-1', '30 kg');
  book.clock.forward(60);
  await depot.receive('SIL-2', '60 kg');
  manager = await book.as('depot', `location:${DEPOT}`);
  asks = requestsAt(book, depot, producer);
});

describe('A refused request leaves nothing behind', () => {
  it.each<[string, string, () => Put]>([
    ['422 NOT_A_MATERIAL', 'a product', () => ({ body: lines(line({ item: 'PBT-FLUTE-C', quantity: 10 })) })],
    ['422 NOT_A_MATERIAL', 'a material the depot does not keep', () => ({ body: lines(line(), line({ item: CANE })) })],
    ['422 NOT_A_MATERIAL', 'an unknown depot', () => ({ body: { depot: 'ZZZ-D1' }, number: numbered(own) })],
    ['422 ITEM_UNKNOWN', 'an unknown item', () => ({ body: lines(line({ item: 'NO-SUCH' })) })],
    ['422 PRODUCER_UNKNOWN', 'an unknown producer', () => ({ of: 'P9999' })],
    ['400 INVALID_REQUEST', 'zero', () => ({ body: lines(line({ quantity: 0 })) })],
    ['422 QUANTITY_NOT_WHOLE', 'zero kilograms', () => ({ body: lines(line({ quantity: '0 kg' })) })],
    ['400 INVALID_REQUEST', 'less than zero', () => ({ body: lines(line({ quantity: -1 })) })],
    ['400 INVALID_REQUEST', 'half a gram', () => ({ body: lines(line({ quantity: 0.5 })) })],
    ['422 QUANTITY_NOT_WHOLE', 'half a gram in kg', () => ({ body: lines(line({ quantity: '0.0005 kg' })) })],
    [
      '422 QUANTITY_NOT_WHOLE',
      'more than can be said',
      () => ({ body: { ...lines(...Array(2).fill(line({ quantity: '100000000 gram' }))), confirmed: true } }),
    ],
    ['400 INVALID_REQUEST', 'no lines', () => ({ body: lines() })],
    ['400 INVALID_REQUEST', '41 lines', () => ({ body: lines(...Array(41).fill(line())) })],
    ['400 INVALID_REQUEST', 'a stall for a depot', () => ({ body: { depot: 'PBE-01' } })],
    ['400 INVALID_REQUEST', 'a field nobody knows', () => ({ body: { urgent: true } })],
    ['400 INVALID_REQUEST', 'a day that no calendar has', () => ({ body: { neededBy: '2026-02-30' } })],
    ['400 INVALID_REQUEST', 'a number that is no Q', () => ({ number: numbered(depot.terminal, 'I') })],
    ['422 NUMBER_MISMATCH', 'a number of another day', () => ({ number: `${depot.terminal}Q2611210001` })],
    ['422 CLOCK_OFF', 'a clock 301 s ahead', () => ({ body: { occurredAt: instantAfter(301) } })],
    ['422 CLOCK_OFF', 'a clock 301 s behind', () => ({ body: { occurredAt: instantAfter(-301) } })],
    ['422 TERMINAL_UNKNOWN', 'a terminal nobody enrolled', () => ({ number: numbered('00000') })],
    ['422 TERMINAL_REVOKED', 'a revoked terminal', () => ({ number: numbered(revoked) })],
    ['422 TERMINAL_ELSEWHERE', "a stall's terminal", () => ({ number: numbered(beyond) })],
    ['422 TERMINAL_ELSEWHERE', "another depot's counter", () => ({ number: numbered(there) })],
  ])('%s: %s', async (code, _what, requestOf) => {
    const before = await left();
    const { number = numbered(), of = producer, body = {} } = requestOf();
    expect(outcomeOf(await put({ number, of, body }))).toBe(code);
    expect(await left()).toEqual(before);
    if (code !== '400 INVALID_REQUEST')
      expect(outcomeOf(await book.admin.getRequest({ path: { producer: of, number } }))).toBe('404 NOT_FOUND');
  });

  it.each<[string, (number: string) => Put]>([
    ['with another claim', (number) => ({ number, body: lines(line({ quantity: 2_000 })) })],
    ['for another producer', (number) => ({ number, of: 'P0101' })],
    ['to another depot', (number) => ({ number, body: { depot: ELSEWHERE } })],
    ['by another day', (number) => ({ number, body: { neededBy: '2026-12-02' } })],
    ['with what is wrong', (number) => ({ number, body: lines(line({ item: 'NO-SUCH' })) })],
  ])('409 VOUCHER_CONFLICT: the same number %s', async (_what, requestOf) => {
    const number = numbered();
    const kept = expectOk(await put({ number }));
    const before = await left();
    expect(outcomeOf(await put(requestOf(number)))).toBe('409 VOUCHER_CONFLICT');
    expect(expectOk(await book.admin.getRequest({ path: { producer, number } }))).toEqual(kept);
    expect(await left()).toEqual(before);
    expect(outcomeOf(await put({ number }))).toBe(200);
  });

  it('Concurrent submissions under one number are one request, with one 201.', async () => {
    const number = numbered();
    const answers = await Promise.all(Array.from({ length: 10 }, () => put({ number })));
    expect(answers.map(outcomeOf).toSorted()).toEqual([...Array(9).fill(200), 201]);
    expect(new Set(answers.map((one) => JSON.stringify(expectOk(one)))).size).toBe(1);
  });

  it('A repeat of an approved request is a repeat, whatever happened to its terminal.', async () => {
    const number = numbered();
    const body = { occurredAt: book.clock.now() };
    expectOk(await put({ number, body }));
    expectOk(await asks.approve(number));
    book.clock.forward(900);
    const again = await put({ number, body });
    expect([again.status, expectOk(again)]).toMatchObject([200, { state: 'approved', version: 2 }]);
  });
});

describe('Callers outside their scope', () => {
  it('Every operation on another producer answers 403.', async () => {
    const stranger = await book.as('producer', 'producer:P0101');
    const number = await asks.submitted();
    const path = { producer, number };
    const before = [await asks.read(number), await left()];
    const answers = [
      await put({}, stranger),
      await stranger.getRequest({ path }),
      await stranger.cancelRequest({ path, body: {}, ifMatch: 1 }),
      await stranger.getPassbook({ path: { producer } }),
    ];
    expect(answers.map(outcomeOf)).toEqual(Array(4).fill('403 FORBIDDEN'));
    // Under their own name, another's request is not there.
    const theirs = { producer: 'P0101', number };
    expect(outcomeOf(await stranger.getRequest({ path: theirs }))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await stranger.cancelRequest({ path: theirs, body: {}, ifMatch: 1 }))).toBe('404 NOT_FOUND');
    expect([await asks.read(number), await left()]).toEqual(before);
  });

  it('A depot manager cannot submit, read, approve, reject or cancel at another depot.', async () => {
    const other = await book.as('depot', `location:${ELSEWHERE}`);
    const number = await asks.submitted();
    const before = [await asks.read(number), await left()];
    const [here, there] = [DEPOT, ELSEWHERE].map((id) => ({ depot: id, number }));
    if (!here || !there) throw new Error('two depots');
    const why = { why: 'none left' };
    const answers = [
      await put({}, other),
      await other.getRequest({ path: { producer, number } }),
      await other.listRequests({ path: { depot: DEPOT } }),
      await other.approveRequest({ path: here, body: {}, ifMatch: 1 }),
      await other.rejectRequest({ path: here, body: why, ifMatch: 1 }),
      await other.approveRequest({ path: there, body: {}, ifMatch: 1 }),
      await other.rejectRequest({ path: there, body: why, ifMatch: 1 }),
      await other.cancelRequest({ path: { producer, number }, body: {}, ifMatch: 1 }),
    ];
    const [forbidden, absent] = ['403 FORBIDDEN', '404 NOT_FOUND'];
    expect(answers.map(outcomeOf)).toEqual([
      forbidden,
      absent,
      forbidden,
      forbidden,
      forbidden,
      absent,
      absent,
      absent,
    ]);
    expect([await asks.read(number), await left()]).toEqual(before);
  });
});

describe('A refused cancellation at the counter frees nothing', () => {
  const card = { number: CardNumber.parse('PBT-0100'), pin: '4827' };
  const wrong = { ...card, pin: '4828' };
  const cancel = (number: string, body: object, ifMatch: number | undefined, by = manager) =>
    by.cancelRequest({
      path: { producer, number },
      body: { by: 'S001', ...body },
      ...(ifMatch !== undefined && { ifMatch }),
    });
  beforeEach(async () => {
    const officer = await book.as('officer', 'district:PBT');
    expectOk(await officer.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
  });

  it.each<[string, string, object]>([
    ['403 FORBIDDEN', 'without a card', {}],
    ['403 FORBIDDEN', 'with a reason for a card', { why: 'they said so' }],
    ['403 PIN_WRONG', 'with a wrong PIN', { card: wrong }],
    ['403 PIN_WRONG', "with another's card", { card: { ...card, number: 'PBT-0101' } }],
    ['400 INVALID_REQUEST', 'with a card that is none', { card: { number: 'x', pin: '4827' } }],
    ['400 INVALID_REQUEST', 'with a card and no PIN', { card: { number: 'PBT-0100' } }],
    ['400 INVALID_REQUEST', 'with a field nobody knows', { card, proof: 'card' }],
  ])('%s: %s', async (code, _what, body) => {
    const number = await asks.reach.approved();
    const before = [await asks.read(number), await left()];
    expect(outcomeOf(await cancel(number, body, 2))).toBe(code);
    expect([await asks.read(number), await left()]).toEqual(before);
  });

  it('423 PIN_LOCKED: after five wrong tries the right PIN is refused too', async () => {
    const number = await asks.reach.approved();
    const before = [await asks.read(number), await left()];
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await cancel(number, { card: wrong }, 2)).toMatchObject({ problem: { code: 'PIN_WRONG', triesLeft } });
    expect(outcomeOf(await cancel(number, { card }, 2))).toBe('423 PIN_LOCKED');
    expect([await asks.read(number), await left()]).toEqual(before);
  });

  it('A request that cannot be cancelled costs no PIN try.', async () => {
    const [number, issued] = [await asks.reach.approved(), await asks.reach.issued()];
    const other = await book.as('depot', `location:${ELSEWHERE}`);
    const answers = [
      await cancel(number, { card: wrong }, undefined),
      await cancel(number, { card: wrong }, 1),
      await cancel(issued, { card: wrong }, 3),
      await cancel(number, { card: wrong }, 2, other),
      await cancel(number, { card }, 2, other),
      await manager.cancelRequest({ path: { producer: 'P0101', number }, body: { card }, ifMatch: 2 }),
    ];
    expect(answers.map(outcomeOf)).toEqual([
      '428 PRECONDITION_REQUIRED',
      '412 VERSION_MISMATCH',
      '409 REQUEST_STATE',
      ...Array(3).fill('404 NOT_FOUND'),
    ]);
    expect(await cancel(number, { card: wrong }, 2)).toMatchObject({ problem: { code: 'PIN_WRONG', triesLeft: 4 } });
    expect((await asks.read(number)).state).toBe('approved');
  });
});

describe('A refused approval reserves nothing', () => {
  it.each<[string, string, object[]]>([
    ['400 INVALID_REQUEST', 'more than was asked', [line({ quantity: '2001 gram' })]],
    [
      '400 INVALID_REQUEST',
      'more than was asked, in two lines',
      [line({ quantity: '1500 gram' }), line({ quantity: '501 gram' })],
    ],
    ['400 INVALID_REQUEST', 'what was not asked', [line(), line({ item: 'PBT-FLUTE-C' })]],
    ['400 INVALID_REQUEST', 'what nobody knows', [line({ item: 'NO-SUCH' })]],
    ['400 INVALID_REQUEST', 'zero', [line({ quantity: 0 })]],
    ['400 INVALID_REQUEST', 'no line', []],
    ['422 QUANTITY_NOT_WHOLE', 'what is not whole', [line({ quantity: '1.0001 kg' })]],
  ])('%s: %s', async (code, _what, said) => {
    const number = await asks.submitted(2_000);
    const before = [await asks.read(number), await left()];
    expect(outcomeOf(await asks.approve(number, said as never))).toBe(code);
    expect([await asks.read(number), await left()]).toEqual(before);
  });

  it('409 INSUFFICIENT_STOCK: more than the free stock, which is given', async () => {
    await book.admin.grantEntitlement({
      path: { producer, item: BAMBOO, grant: 'LOTS' },
      body: { depot: DEPOT, quantity: '900 kg', why: 'a large order' },
    });
    const free = (await depot.row())?.free ?? 0;
    const number = await asks.submitted(free + 1);
    const before = [await asks.read(number), await left()];
    const answer = await asks.approve(number);
    expect(outcomeOf(answer)).toBe('409 INSUFFICIENT_STOCK');
    expect(answer).toMatchObject({ problem: { short: [{ item: BAMBOO, wanted: free + 1, free }] } });
    expect([await asks.read(number), await left()]).toEqual(before);
  });

  it('404 NOT_FOUND: an unknown request', async () => {
    const path = { depot: DEPOT, number: numbered() };
    expect(outcomeOf(await manager.approveRequest({ path, body: {}, ifMatch: 1 }))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await manager.rejectRequest({ path, body: { why: 'x' }, ifMatch: 1 }))).toBe('404 NOT_FOUND');
  });

  it('400 INVALID_REQUEST: a rejection without a reason', async () => {
    const path = { depot: DEPOT, number: await asks.submitted() };
    for (const body of [{}, { why: '  ' }])
      expect(outcomeOf(await manager.rejectRequest({ path, body: body as never, ifMatch: 1 }))).toBe(
        '400 INVALID_REQUEST',
      );
  });
});

describe("A refused issue leaves the depot's stock as it was", () => {
  it.each<[string, string, () => Promise<string>, number | string, object]>([
    ['409 RESERVED_EXCEEDED', 'more than is reserved', () => asks.reach.approved(), 2_001, {}],
    ['409 RESERVED_EXCEEDED', 'more than is left of it', () => asks.reach.issued(), 1_501, {}],
    [
      '409 RESERVED_EXCEEDED',
      'more than is reserved, in two lines',
      () => asks.reach.approved(),
      0,
      lines(line({ quantity: '1500 gram' }), line({ quantity: '501 gram' })),
    ],
    ['422 LOT_WRONG', 'from an unknown lot', () => asks.reach.approved(), 0, lines(line({ lot: 'NONE' }))],
    ['409 REQUEST_STATE', 'against a submitted request', () => asks.reach.submitted(), 1, {}],
    ['409 REQUEST_STATE', 'against a rejected request', () => asks.reach.rejected(), 1, {}],
    ['409 REQUEST_STATE', 'against a cancelled request', () => asks.reach.cancelled(), 1, {}],
    ['422 REQUEST_UNKNOWN', 'against a request nobody made', async () => numbered(), 1, {}],
    ['422 REQUEST_UNKNOWN', "against a voucher's number", async () => numbered(depot.terminal, 'R'), 1, {}],
    [
      '409 RESERVED_EXCEEDED',
      'what was not asked',
      () => asks.reach.approved(),
      0,
      lines(line({ item: 'PBT-FLUTE-C', quantity: 10 })),
    ],
    ['422 ITEM_UNKNOWN', 'what nobody knows', () => asks.reach.approved(), 0, lines(line({ item: 'NO-SUCH' }))],
    ['422 QUANTITY_NOT_WHOLE', 'what is not whole', () => asks.reach.approved(), '1.0001 kg', {}],
    ['400 INVALID_REQUEST', 'zero', () => asks.reach.approved(), 0, {}],
  ])('%s: %s', async (code, _what, reach, quantity, more) => {
    const number = await reach();
    const before = await left();
    expect(outcomeOf(await asks.issue(number, quantity, more))).toBe(code);
    expect(await left()).toEqual(before);
  });

  it('422 LOT_WRONG: from an empty lot, while others have enough', async () => {
    const number = await asks.submitted('31 kg');
    expectOk(await asks.approve(number));
    expectOk(await asks.issue(number, 0, lines(line({ quantity: '29 kg', lot: 'SIL-1' }))));
    const last = await left();
    const tooMuch = await asks.issue(number, 0, lines(line({ quantity: '1500 gram', lot: 'SIL-1' })));
    expect(outcomeOf(tooMuch)).toBe('422 LOT_WRONG');
    expect(await left()).toEqual(last);
    const rest = (await depot.row())?.lots?.find(({ lot }) => lot === 'SIL-1')?.left ?? 0;
    if (rest > 0) expectOk(await asks.issue(number, 0, lines(line({ quantity: `${rest} gram`, lot: 'SIL-1' }))));
    const before = await left();
    expect(outcomeOf(await asks.issue(number, 0, lines(line({ quantity: '1 gram', lot: 'SIL-1' }))))).toBe(
      '422 LOT_WRONG',
    );
    expect(await left()).toEqual(before);
    expect(expectOk(await asks.issue(number, 1)).outcome).toMatchObject({ lots: [[{ lot: 'SIL-2', quantity: 1 }]] });
  });

  it("422 REQUEST_UNKNOWN: another depot's request, issued here or there", async () => {
    const number = await asks.reach.approved();
    const before = await left();
    const path = { location: ELSEWHERE, number: numberAt(book.clock, there, 'I', 1) };
    expect(outcomeOf(await book.admin.recordVoucher({ path, body: depot.issuing(number, 1) }))).toBe(
      '422 REQUEST_UNKNOWN',
    );
    expect(outcomeOf(await manager.recordVoucher({ path, body: depot.issuing(number, 1) }))).toBe('403 FORBIDDEN');
    expect(await left()).toEqual(before);
  });

  it('409 VOUCHER_CONFLICT: the same number for another quantity; a repeat takes nothing', async () => {
    const number = await asks.reach.approved();
    const path = { location: DEPOT, number: numbered(depot.terminal, 'I') };
    const first = expectOk(await book.admin.recordVoucher({ path, body: depot.issuing(number, 2_000) }));
    const before = await left();
    const again = await book.admin.recordVoucher({ path, body: depot.issuing(number, 2_000) });
    expect([again.status, expectOk(again)]).toEqual([200, first]);
    expect(outcomeOf(await book.admin.recordVoucher({ path, body: depot.issuing(number, 1_999) }))).toBe(
      '409 VOUCHER_CONFLICT',
    );
    expect(await left()).toEqual(before);
  });
});

describe('The queue', () => {
  it('It lists reserved, waiting and unconfirmed requests, the longest waiting first, and no closed ones.', async () => {
    const { requests } = expectOk(await manager.listRequests({ path: { depot: DEPOT } }));
    const partOf = ({ state, lines: said }: (typeof requests)[number]) => {
      if (said.some(({ approved, issued }) => approved > issued)) return 1;
      return state === 'submitted' ? 2 : 3;
    };
    const ranks = requests.map((one) => `${one.submittedAt}${one.request}`);
    expect(ranks).toEqual(ranks.toSorted());
    expect(new Set(requests.map((one) => `${partOf(one)} ${one.state}`))).toEqual(
      new Set(['1 approved', '1 issued', '2 submitted', '3 issued']),
    );
  });
});

const producer = 'P0100';

const ELSEWHERE = 'PBE-D2';

const CANE = 'BLY-CANE';

const numbered = (terminal = depot.terminal, kind = 'Q') => numberAt(book.clock, terminal, kind, ++serial);

const line = (more: object = {}) => ({ item: BAMBOO, quantity: '1000 gram', ...more });

const lines = (...all: object[]) => ({ lines: all });

type Put = { number?: string; of?: string; body?: object };

const put = ({ number = numbered(), of = producer, body = {} }: Put, by: Client = book.admin) =>
  by.submitRequest({ path: { producer: of, number }, body: depot.asking(1_000, body) });

const instantAfter = (seconds: number) => new Date(Date.parse(book.clock.now()) + seconds * 1000).toISOString();

const left = () => depotAndPassbook(book, producer);

import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { outcomeOf } from '../kit/wire.ts';

const book = useBook();
let depot: Depot;
let phone: string;
let group: Client;
let manager: Client;

const maker = { name: 'Maker', nameHi: 'कारीगर', district: 'PBT', craft: 'Flute' };

beforeAll(async () => {
  depot = await openDepot(book);
  const enter = (id: string, more: object = {}) =>
    book.admin.putEntry({ path: { kind: 'producers', id }, body: { ...maker, ...more } });
  expectOk(await enter('P0200'));
  expectOk(await enter('P0201', { group: 'P0200' }));
  phone = await enrol(book, 'P0200', 'PBT1');
  group = await book.as('producer', 'producer:P0200', 'producer:P0201');
  manager = await book.as('depot', `location:${DEPOT}`);
});

it("A request from the artisan's own phone, or their group's, says so.", async () => {
  expect(expectOk(await ask('P0200', 1))).toMatchObject({ via: 'own' });
  expect(expectOk(await ask('P0201', 2))).toMatchObject({ via: 'group' });
});

it('The same number for another producer is a conflict.', async () => {
  expect(await ask('P0201', 1)).toMatchObject({ problem: { code: 'VOUCHER_CONFLICT' } });
});

it('A phone of neither the producer nor the group is refused.', async () => {
  const answer = await book.admin.submitRequest({
    path: { producer: 'P0042', number: numberAt(book.clock, phone, 'Q', 3) },
    body: depot.asking(1_000),
  });
  expect(answer).toMatchObject({ problem: { code: 'TERMINAL_ELSEWHERE' } });
});

it('A producer without a phone is served by card and PIN at the counter.', async () => {
  const officer = await book.as('officer', 'district:PBT');
  const body = { card: 'PBT-0201', pin: '8305' };
  expect(expectOk(await officer.setPin({ path: { producer: 'P0201' }, body }))).toEqual({
    producer: 'P0201',
    card: 'PBT-0201',
  });
  const number = depot.number('Q');
  const atCounter = (pin: string) =>
    manager.submitRequest({
      path: { producer: 'P0201', number },
      body: depot.asking(1_000, { card: { number: 'PBT-0201', pin } }),
    });
  expect(await atCounter('8306')).toMatchObject({ problem: { code: 'PIN_WRONG', triesLeft: 4 } });
  expect(expectOk(await atCounter('8305'))).toMatchObject({ via: 'card' });
  expect((await atCounter('8305')).status).toBe(200);
});

it('A repeat after a change of the PIN is a repeat.', async () => {
  const officer = await book.as('officer', 'district:PBT');
  const set = (pin: string) => officer.setPin({ path: { producer: 'P0201' }, body: { card: 'PBT-0201', pin } });
  expectOk(await set('8305'));
  const body = depot.asking(1_000, { card: { number: 'PBT-0201', pin: '8305' } });
  const request = { path: { producer: 'P0201', number: depot.number('Q') }, body };
  expect((await manager.submitRequest(request)).status).toBe(201);
  expectOk(await set('5038'));
  expect((await manager.submitRequest(request)).status).toBe(200);
});

describe('Cancelled requests', () => {
  const card = { number: CardNumber.parse('PBT-0201'), pin: '8305' };
  const why = 'bought elsewhere';
  beforeAll(async () => {
    await depot.receive('SIL-1', '9 kg');
    const officer = await book.as('officer', 'district:PBT');
    expectOk(await officer.setPin({ path: { producer: 'P0201' }, body: { card: card.number, pin: card.pin } }));
    const path = { producer: 'P0201', item: BAMBOO, grant: 'FLOOD' };
    expectOk(await officer.grantEntitlement({ path, body: { depot: DEPOT, quantity: '9 kg', why: 'flood' } }));
  });
  const submit = async (approved: boolean) => {
    const number = depot.number('Q');
    const path = { producer: 'P0201', number };
    expectOk(await manager.submitRequest({ path, body: depot.asking(1_000) }));
    if (approved)
      expectOk(await manager.approveRequest({ path: { depot: DEPOT, number }, body: { by: 'S001' }, ifMatch: 1 }));
    return path;
  };

  it.each([
    ['that waits', false],
    ['that is approved, and what was reserved is free again', true],
  ])('A request that is %s is cancelled at the counter by card and PIN.', async (_what, approved) => {
    const before = await depot.row();
    const path = await submit(approved);
    const ifMatch = approved ? 2 : 1;
    expect(outcomeOf(await manager.cancelRequest({ path, body: { why }, ifMatch }))).toBe('403 FORBIDDEN');
    const wrong = { ...card, pin: '8306' };
    expect(outcomeOf(await manager.cancelRequest({ path, body: { by: 'S001', why, card: wrong }, ifMatch }))).toBe(
      '403 PIN_WRONG',
    );
    const cancelled = expectOk(await manager.cancelRequest({ path, body: { by: 'S001', why, card }, ifMatch }));
    expect(cancelled).toMatchObject({ state: 'cancelled', version: ifMatch + 1, lines: [{ approved: 0 }] });
    expect(cancelled.history.at(-1)).toMatchObject({ did: 'cancel', why, staff: 'S001' });
    // The card proves who it is, and is kept nowhere in it.
    expect(JSON.stringify(expectOk(await manager.getRequest({ path })))).not.toMatch(/8305|PBT-0201/);
    expect((await depot.row())?.free).toBe(before?.free);
  });

  it.each([
    ['their own phone', async () => book.as('producer', 'producer:P0201')],
    ["their group's phone", async () => group],
    ['an admin', async () => book.admin],
  ] as const)('A request is cancelled without a card from %s.', async (_who, by) => {
    const path = await submit(true);
    expect(expectOk(await (await by()).cancelRequest({ path, body: {}, ifMatch: 2 }))).toMatchObject({
      state: 'cancelled',
    });
  });

  it("An officer cannot cancel a producer's request.", async () => {
    const path = await submit(false);
    const officer = await book.as('officer', 'district:PBT');
    expect(outcomeOf(await officer.cancelRequest({ path, body: { card }, ifMatch: 1 }))).toBe('403 FORBIDDEN');
  });
});

it("A producer cannot use the counter's terminal, nor the counter a producer's, knowing its code.", async () => {
  const posing = { path: { producer: 'P0200', number: depot.number('Q') }, body: depot.asking(1_000) };
  expect(await group.submitRequest(posing)).toMatchObject({ problem: { code: 'TERMINAL_ELSEWHERE' } });
  const path = { producer: 'P0200', number: numberAt(book.clock, phone, 'Q', 9) };
  expect(await manager.submitRequest({ path, body: depot.asking(1_000) })).toMatchObject({
    problem: { code: 'TERMINAL_ELSEWHERE' },
  });
});

it('Two lines of one item that is in no cache are one line.', async () => {
  book.bahi.startFunctions();
  const line = depot.asking(1_000).lines[0];
  const body = { ...depot.asking(1_000), lines: [line, line].flatMap((one) => one ?? []) };
  const answer = await manager.submitRequest({ path: { producer: 'P0201', number: depot.number('Q') }, body });
  expect(expectOk(answer).lines).toMatchObject([{ asked: 2_000 }]);
});

const ask = (producer: string, serial: number) =>
  group.submitRequest({
    path: { producer, number: numberAt(book.clock, phone, 'Q', serial) },
    body: depot.asking(1_000),
  });

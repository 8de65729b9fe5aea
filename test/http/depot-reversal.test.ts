import { beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { type Depot, BAMBOO as item, openDepot } from '../kit/depot.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, phonesAt, received, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const { client, watch } = watchedClient(inject('endpoint'));
let depot: Depot;
let phone: Phone;
let asks: RequestDriver;
let request: string;
let made = 0;
const book = useBook({ client });
/** A depot of its own with 3 kg of Silchar and then 7 of Tripura, of which 6 kg are reserved. */
beforeEach(async () => {
  const id = `${'ABCDE'[Math.floor(++made / 10)]}BE-D${made % 10}`;
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
  depot = await openDepot(book, id);
  const producer = `P07${String(made).padStart(2, '0')}`;
  await depot.producer(producer);
  [phone] = (await phonesAt(book, id, 'PBT1')).phones as [Phone];
  await say(lot('SIL-1', '3 kg'), -280);
  await say(lot('TRI-2', '7 kg'), -270);
  asks = requestsAt(book, depot, producer);
  request = await asks.submitted('6 kg');
  expectOk(await asks.approve(request));
});

describe('Reversed issues', () => {
  let number: string;
  beforeEach(async () => {
    ({ number } = await say(issued('5 kg'), -200));
  });

  it('A full reversal reopens the lots and the entitlement, and reserves nothing.', async () => {
    expect(await row()).toEqual({ onHand: 5_000, free: 4_000, lots: { 'TRI-2': 5_000 } });
    expect(await say(back(number, 5_000))).toMatchObject({ outcome: { moved: [5_000] } });
    expect(await row()).toEqual({ onHand: 10_000, free: 9_000, lots: { 'SIL-1': 3_000, 'TRI-2': 7_000 } });
    expect(await account()).toEqual({ held: 1_000, drawn: 0, left: 119_000 });
    const { issues } = expectOk(await book.admin.getPassbook({ path: { producer: asks.producer } }));
    expect(
      issues.filter(({ number: one, claim }) => one === number || ('of' in claim && claim.of === number)),
    ).toHaveLength(2);
    const { state, lines, history } = await asks.read(request);
    expect([state, lines]).toMatchObject(['approved', [{ approved: 1_000, issued: 0 }]]);
    expect(history.at(-1)).toMatchObject({ did: 'undo', lines: [{ item, quantity: -5_000 }] });
    expect(await tried(back(number, 1))).toBe('409 RETURN_EXCEEDED');
    expect(await tried(issued('1 kg'))).toBe(201);
    expect(await tried(issued(1))).toBe('409 RESERVED_EXCEEDED');
  });

  it('A partial reversal returns to each lot no more than it gave.', async () => {
    for (const quantity of [2_000, 2_000, 1_000]) expect(await tried(back(number, quantity))).toBe(201);
    expect(await row()).toEqual({ onHand: 10_000, free: 9_000, lots: { 'SIL-1': 3_000, 'TRI-2': 7_000 } });
    expect(await account()).toEqual({ held: 1_000, drawn: 0, left: 119_000 });
  });

  it('A reversal with write-off leaves nothing on hand and restores the entitlement.', async () => {
    const before = await row();
    expect(await tried({ ...back(number, 2_000), goods: 'written off' })).toBe(201);
    expect(await row()).toEqual(before);
    expect(await account()).toEqual({ held: 1_000, drawn: 3_000, left: 116_000 });
    expect(await tried(back(number, 3_000))).toBe(201);
    expect((await row()).lots).toEqual({ 'SIL-1': 1_000, 'TRI-2': 7_000 });
  });

  it('An issue is reversed after its confirmation; a repeat changes nothing.', async () => {
    expectOk(await asks.confirm(request));
    const once = phone.write(back(number, 1_000));
    expect([outcomeOf(await phone.live(once)), outcomeOf(await phone.live(once))]).toEqual([201, 200]);
    expect(await asks.read(request)).toMatchObject({ state: 'received', lines: [{ approved: 5_000, issued: 4_000 }] });
    expect(await account()).toEqual({ held: 1_000, drawn: 4_000, left: 115_000 });
  });

  it('A reversal from before a count moves passbook and request, and nothing on hand.', async () => {
    await say(counted({ item, quantity: 6_000 }), -50);
    const before = await row();
    expect(await say(back(number, 2_000), -60)).toMatchObject({ absorbed: [item] });
    expect(await row()).toEqual(before);
    expect(await account()).toEqual({ held: 1_000, drawn: 3_000, left: 116_000 });
  });

  it('A reversal from after a count adds to the stock on hand.', async () => {
    await say(counted({ item, quantity: 6_000 }), -50);
    await say(back(number, 2_000), -40);
    expect(await row()).toMatchObject({ onHand: 8_000, free: 7_000, lots: { 'SIL-1': 2_000 } });
  });

  it.each([6, 20])('%i clerks who each reverse a kilogram at once reverse five times.', async (clerks) => {
    const clerk = () => phone.insist(phone.write(back(number, 1_000)));
    const answers = await Promise.all(Array.from({ length: clerks }, clerk));
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code]));
    expect(refused).toEqual(Array(clerks - 5).fill('RETURN_EXCEEDED'));
    expect(await row()).toMatchObject({ onHand: 10_000, free: 9_000, lots: { 'SIL-1': 3_000, 'TRI-2': 7_000 } });
    expect(await account()).toEqual({ held: 1_000, drawn: 0, left: 119_000 });
  });
});

describe('Reversed mistakes at a depot', () => {
  it('A reversed receipt takes from its own lot first, then from the oldest.', async () => {
    const { number } = await say(lot('SIL-3', 2_000), -100);
    await say({ kind: 'A', reason: 'damaged', lines: [{ item, quantity: 1_500, lot: 'SIL-3' }] }, -90);
    expect(await tried(back(number, 2_000))).toBe(201);
    expect(await row()).toEqual({ onHand: 8_500, free: 2_500, lots: { 'SIL-1': 1_500, 'TRI-2': 7_000 } });
  });

  it('Reversing a receipt of reserved or issued goods is refused.', async () => {
    const { number } = await say(lot('SIL-3', 8_000), -100);
    await say({ kind: 'A', reason: 'damaged', lines: [{ item, quantity: 5_000 }] }, -90);
    const answer = await phone.live(phone.write(back(number, 7_001)));
    expect(answer).toMatchObject({
      problem: { code: 'INSUFFICIENT_STOCK', short: [{ item, wanted: 7_001, free: 7_000 }] },
    });
    expect(await tried(back(number, 7_000))).toBe(201);
  });

  it.each(['damaged', 'lost', 'sample', 'display'])(
    'A reversal of %s puts the goods back into their lots.',
    async (reason) => {
      const { number } = await say({ kind: 'A', reason, lines: [{ item, quantity: '4 kg' }] }, -100);
      expect((await row()).lots).toEqual({ 'TRI-2': 6_000 });
      expect([await tried(back(number, 2_500)), await tried(back(number, 1_500))]).toEqual([201, 201]);
      expect(await row()).toEqual({ onHand: 10_000, free: 4_000, lots: { 'SIL-1': 3_000, 'TRI-2': 7_000 } });
    },
  );

  it('A reversed surplus leaves the lot that it named.', async () => {
    const { number } = await say({ kind: 'A', reason: 'found', lines: [{ item, quantity: 500, lot: 'TRI-2' }] }, -100);
    expect(await tried(back(number, 500))).toBe(201);
    expect((await row()).lots).toEqual({ 'SIL-1': 3_000, 'TRI-2': 7_000 });
  });

  it('A reversal may fill a lot beyond the limit of a line.', async () => {
    await say(lot('BIG', 100_000_000), -100);
    const { number } = await say({ kind: 'A', reason: 'lost', lines: [{ item, quantity: 5, lot: 'BIG' }] }, -90);
    await say({ kind: 'A', reason: 'found', lines: [{ item, quantity: 5, lot: 'BIG' }] }, -80);
    await say(back(number, 5));
    expect((await row()).lots).toMatchObject({ BIG: 100_000_005 });
  });
});

it('An issue of 40 lines is reversed in one transaction.', async () => {
  const { admin } = book;
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'items', id: item } }));
  const items = Array.from({ length: 40 }, (_, n) => `PBT-CANE-${String(n).padStart(2, '0')}`);
  for (const id of items) expectOk(await admin.putEntry({ path: { kind: 'items', id }, body: entry }));
  const lines = items.map((id) => ({ item: id, quantity: 100 }));
  await say(received(...lines.map((line) => ({ ...line, lot: 'SIL-1' }))), -200);
  const many = await asks.submitted(1, { lines: lines.map((line) => ({ ...line, quantity: '100 gram' })) });
  expectOk(await asks.approve(many));
  const { number } = await say({ kind: 'I', request: many, lines }, -100);
  const taken = tookBack(number, ...lines.map((line, n) => ({ ...line, line: n + 1 })));
  const actions: number[] = [];
  watch({ after: (write) => actions.push(write.actions) });
  expect([await tried(taken), actions]).toEqual([201, [83]]);
  const { stock } = expectOk(await admin.getLocationStock({ path: { location: depot.location } }));
  const canes = stock.filter((one) => one.item.startsWith('PBT-CANE'));
  expect(canes.map(({ onHand, free, lots }) => [onHand, free, lots?.map(({ left }) => left)])).toEqual(
    Array(40).fill([100, 100, [100]]),
  );
  const { accounts } = expectOk(await admin.getPassbook({ path: { producer: asks.producer } }));
  expect(
    accounts.filter((one) => one.item.startsWith('PBT-CANE')).map(({ drawn, reserved }) => drawn + reserved),
  ).toEqual(Array(40).fill(0));
});

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const say = async (says: Says, seconds = 0) =>
  expectOk(await phone.live(phone.write(says, at(seconds)), { confirmed: true }));

const tried = async (says: Says) => outcomeOf(await phone.live(phone.write(says)));

const lot = (name: string, quantity: number | string) => received({ item, quantity, lot: name });

const issued = (quantity: number | string, of: object = {}) => ({
  kind: 'I',
  request,
  lines: [{ item, quantity, ...of }],
});

const back = (of: string, quantity: number) => tookBack(of, { line: 1, item, quantity });

/** On hand and free; and the lots, which are what is on hand. */
const row = async () => {
  const { onHand, free, lots = [] } = (await depot.row()) ?? { onHand: 0, free: 0 };
  expect(lots.reduce((sum, { left }) => sum + left, 0)).toBe(onHand);
  return { onHand, free, lots: Object.fromEntries(lots.map((one) => [one.lot, one.left])) };
};

const account = async () => {
  const { reserved: held, drawn, left } = (await depot.account(asks.producer)) ?? {};
  return { held, drawn, left };
};

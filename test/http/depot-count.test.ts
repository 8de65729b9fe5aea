import { beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { type Depot, BAMBOO as item, openDepot } from '../kit/depot.ts';
import { steppedClient } from '../kit/interceptor.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, phonesAt, received } from '../kit/shop.ts';

checkAnswersAgainstContract();

const stepped = steppedClient(inject('endpoint'));
let depot: Depot;
let phone: Phone;
let asks: RequestDriver;
let made = 0;
const book = useBook({ client: stepped.client, streams: true });
/** A depot with two lots, 3 kg of Silchar and then 7 of Tripura. 6 kg are reserved. */
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
});

describe('Counts at a depot', () => {
  it('A count in kg is stored in grams; the missing quantity leaves the oldest lot.', async () => {
    const { outcome } = await say(counted({ item, quantity: '7.5 kg' }), -50);
    expect(outcome).toEqual({ counted: [{ quantity: 7_500, expected: 10_000, variance: -2_500 }] });
    expect(await row()).toEqual({ onHand: 7_500, free: 7_500, lots: { 'SIL-1': 500, 'TRI-2': 7_000 } });
    await say(counted({ item, quantity: '2 kg' }), -40);
    expect(await row()).toEqual({ onHand: 2_000, free: 2_000, lots: { 'TRI-2': 2_000 } });
  });

  it('Surplus goes to the newest lot.', async () => {
    await say(counted({ item, quantity: '11 kg' }), -50);
    expect(await row()).toEqual({ onHand: 11_000, free: 11_000, lots: { 'SIL-1': 3_000, 'TRI-2': 8_000 } });
  });

  it('Where no lot is open, surplus goes to a lot named after the count.', async () => {
    await say(counted({ item, quantity: 0 }), -50);
    expect(await row()).toEqual({ onHand: 0, free: 0, lots: {} });
    const { number } = await say(counted({ item, quantity: 4 }), -40);
    expect(await row()).toEqual({ onHand: 4, free: 4, lots: { [number]: 4 } });
    await say({ kind: 'A', reason: 'lost', lines: [{ item, quantity: 1, lot: number }] }, -30);
    expect(await row()).toEqual({ onHand: 3, free: 3, lots: { [number]: 3 } });
  });

  it('Surplus may take the newest lot beyond the limit of a line.', async () => {
    await say(lot('BIG', 100_000_000), -250);
    await say(counted({ item, quantity: 1 }), -260);
    await say(counted({ item, quantity: 100_000_000 }), -255);
    const { onHand, lots } = await row();
    expect([onHand, lots.BIG]).toEqual([200_000_000, 199_999_999]);
  });

  it('A late count leaves the lots of later vouchers alone.', async () => {
    await say(lot('SIL-3', 5_000), -30);
    await say(counted({ item, quantity: 9_000 }), -50);
    expect(await row()).toMatchObject({ onHand: 14_000, free: 14_000, lots: { 'SIL-1': 2_000, 'SIL-3': 5_000 } });
  });

  it('A late count may find less than later issues took; the next receipt is already used.', async () => {
    await say({ kind: 'A', reason: 'damaged', lines: [{ item, quantity: '8 kg' }] }, -100);
    await say(counted({ item, quantity: '2 kg' }), -150);
    expect(await row()).toEqual({ onHand: -6_000, free: -6_000, lots: {} });
    await say(lot('SIL-9', '10 kg'), -50);
    expect(await row()).toEqual({ onHand: 4_000, free: 4_000, lots: { 'SIL-9': 4_000 } });
  });

  it.each([
    ['before', -60, 8_000],
    ['after', -40, 7_000],
  ])('A count is decided again when an issue lands that happened %s it.', async (_when, seconds, there) => {
    const number = await reserved();
    stepped.beforeNext('TransactWriteItems', () => say(issued(number, 1_000), seconds));
    await say(counted({ item, quantity: 8_000 }), -50);
    expect(await row()).toMatchObject({ onHand: there, free: there - 5_000 });
  });
});

describe('Depot with 6 kg of 10 reserved', () => {
  let number: string;
  beforeEach(async () => {
    number = await reserved();
  });

  it('Free stock after a count is the counted stock less the reserved.', async () => {
    await say(counted({ item, quantity: '8 kg' }), -50);
    expect(await row()).toMatchObject({ onHand: 8_000, free: 2_000 });
    await say(counted({ item, quantity: '12 kg' }), -40);
    expect(await row()).toMatchObject({ onHand: 12_000, free: 6_000 });
  });

  it('A count below the reserved stock cuts a reservation and tells its producer.', async () => {
    await say(counted({ item, quantity: '4 kg' }), -50);
    expect(await row()).toMatchObject({ onHand: 4_000, free: -2_000 });
    await book.bahi.drainStream();
    expect(await row()).toMatchObject({ onHand: 4_000, free: 0 });
    const { state, lines, history } = await asks.read(number);
    expect([state, lines[0]?.approved, history.at(-1)?.did]).toEqual(['approved', 4_000, 'reduce']);
    expect(await account()).toEqual({ held: 4_000, drawn: 0, left: 116_000 });
  });

  it.each([
    ['from the oldest lots', {}],
    ['of a lot that is still there', { lot: 'TRI-2' }],
  ])('A late issue from before a count that %s changes reservation and passbook only.', async (_of, of) => {
    await say(counted({ item, quantity: '8 kg' }), -50);
    const before = await row();
    expect(await bring(issued(number, '2 kg', of), -60)).toMatchObject({ voucher: { absorbed: [item] } });
    expect(await row()).toEqual({ ...before, free: before.onHand - 4_000 });
    expect(await account()).toEqual({ held: 4_000, drawn: 2_000, left: 114_000 });
    expect(await asks.read(number)).toMatchObject({ state: 'issued', lines: [{ approved: 6_000, issued: 2_000 }] });
  });

  describe('Late vouchers from before a count need no lots', () => {
    it('A late issue may name a lot that the count used up.', async () => {
      await say(counted({ item, quantity: '7 kg' }), -50);
      expect(await bring(issued(number, '2 kg', { lot: 'SIL-1' }), -60)).toMatchObject({ outcome: 'recorded' });
      expect(await row()).toEqual({ onHand: 7_000, free: 3_000, lots: { 'TRI-2': 7_000 } });
    });

    it('A late issue of all stock takes effect before anyone loses a reservation.', async () => {
      await say(counted({ item, quantity: 0 }), -50);
      expect(await bring(issued(number, '6 kg'), -60)).toMatchObject({ outcome: 'recorded' });
      expect(await row()).toEqual({ onHand: 0, free: 0, lots: {} });
      expect(await account()).toEqual({ held: 0, drawn: 6_000, left: 114_000 });
    });

    it('A late damage needs no lot.', async () => {
      await say(counted({ item, quantity: 10 }), -50);
      const damaged = { kind: 'A', reason: 'damaged', lines: [{ item, quantity: 9_990 }] };
      expect(await bring(damaged, -60)).toMatchObject({ outcome: 'recorded', voucher: { absorbed: [item] } });
      expect(await row()).toMatchObject({ onHand: 10, free: -5_990 });
    });

    it('A late surplus needs no lot.', async () => {
      await say(counted({ item, quantity: 0 }), -50);
      const found = { kind: 'A', reason: 'found', lines: [{ item, quantity: 5 }] };
      expect(await bring(found, -60)).toMatchObject({ outcome: 'recorded', voucher: { absorbed: [item] } });
    });
  });

  it('A late receipt opens no lot, since its goods were counted.', async () => {
    await say(counted({ item, quantity: '10 kg' }), -50);
    const before = await row();
    expect(await bring(lot('SIL-9', 500), -60)).toMatchObject({ voucher: { absorbed: [item] } });
    expect(await row()).toEqual(before);
  });

  it('A late issue from after the count takes from the lots.', async () => {
    await say(counted({ item, quantity: '10 kg' }), -50);
    expect(await bring(issued(number, '2 kg', { lot: 'SIL-1' }), -40)).toMatchObject({ outcome: 'recorded' });
    expect(await row()).toEqual({ onHand: 8_000, free: 4_000, lots: { 'SIL-1': 1_000, 'TRI-2': 7_000 } });
  });
});

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const say = async (says: Says, seconds: number) =>
  expectOk(await phone.live(phone.write(says, at(seconds)), { confirmed: true }));

const bring = async (says: Says, seconds: number) =>
  expectOk(await phone.sync([phone.write(says, at(seconds))])).outcomes[0];

const lot = (name: string, quantity: number | string) => received({ item, quantity, lot: name });

const issued = (request: string, quantity: number | string, more: object = {}) => ({
  kind: 'I',
  request,
  lines: [{ item, quantity, ...more }],
});

const reserved = async (quantity = '6 kg') => {
  const number = await asks.submitted(quantity);
  expectOk(await asks.approve(number));
  return number;
};

/** On hand and free; and the lots, which are what is on hand. */
const row = async () => {
  const { onHand, free, lots = [] } = (await depot.row()) ?? { onHand: 0, free: 0 };
  expect(lots.reduce((sum, { left }) => sum + left, 0)).toBe(Math.max(0, onHand));
  return { onHand, free, lots: Object.fromEntries(lots.map((one) => [one.lot, one.left])) };
};

const account = async () => {
  const { reserved: held, drawn, left } = (await depot.account(asks.producer)) ?? {};
  return { held, drawn, left };
};

import { beforeEach, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import { type Depot, BAMBOO as item, openDepot } from '../kit/depot.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import type { Phone } from '../kit/phone.ts';
import { adjusted, dispatched, phonesAt, received, receivedFrom, tookBack } from '../kit/shop.ts';

checkAnswersAgainstContract();

const book = useBook();
let depot: Depot;
let phone: Phone;
let asks: RequestDriver;
let made = 0;
/** A depot with 3 kg of a lot from four days ago, and 7 kg of a lot from three days ago. */
beforeEach(async () => {
  const id = `RBE-D${++made}`;
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
  depot = await openDepot(book, id);
  await depot.producer(`P08${String(made).padStart(2, '0')}`);
  [phone] = (await phonesAt(book, id, 'PBT1')).phones as [Phone];
  asks = requestsAt(book, depot, `P08${String(made).padStart(2, '0')}`);
  await bring(received({ item, quantity: 3_000, lot: 'OLD' }), -4 * DAY);
  await bring(received({ item, quantity: 7_000, lot: 'NEW' }), -3 * DAY);
});

it('Material returned from an issue to a used-up lot keeps its age and is issued first.', async () => {
  const before = await lots();
  const request = await asks.submitted('5 kg');
  expectOk(await asks.approve(request));
  const live = phone.write({ kind: 'I', request, lines: [{ item, quantity: '5 kg' }] });
  expectOk(await phone.live(live, { confirmed: true }));
  expect((await lots()).map(([lot]) => lot)).toEqual(['NEW']);
  await bring(tookBack(live.number, { line: 1, item, quantity: 5_000 }), 1);
  expect(await lots()).toEqual(before);
});

it('Goods that a sender takes back after a rejection keep the age of their lot.', async () => {
  const [, newer] = await lots();
  const to = `SKO-0${made}`;
  const body = { name: 'A stall', station: 'LKO', district: 'LKO', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'outlets', id: to }, body }));
  const [there] = (await phonesAt(book, to, 'PBT1')).phones as [Phone];
  const [old] = await lots();
  const sent = await bring(dispatched(to, { item, quantity: 3_000 }), -2 * DAY);
  const came = there.write(receivedFrom(sent, { item, quantity: 2_000, rejected: '1 kg', why: 'wet' }), at(-DAY));
  const { outcomes } = expectOk(await there.sync([came]));
  expect(outcomes, JSON.stringify(outcomes)).toMatchObject([{ outcome: 'recorded' }]);
  await bring(tookBack(sent, { line: 1, item, quantity: 1_000 }), -1);
  expect(await lots()).toEqual([['OLD', 1_000, old?.[2]], newer]);
});

it('Goods that were declared lost by mistake keep the age of their lot.', async () => {
  const before = await lots();
  const lost = await bring(adjusted('lost', { item, quantity: 4_000 }), -DAY);
  await bring(tookBack(lost, { line: 1, item, quantity: 4_000 }), -1);
  expect(await lots()).toEqual(before);
});

it('A used-up lot number received again is a new delivery with its own age and cost.', async () => {
  const lost = await bring(adjusted('lost', { item, quantity: 10_000 }), -2 * DAY);
  expect(await lots()).toEqual([]);
  await bring(received({ item, quantity: 5_000, lot: 'OLD', unitCost: 9 }), -DAY);
  expect(await lots()).toEqual([['OLD', 5_000, new Date(at(-DAY)).toISOString()]]);
  await closeAt(depot.location);
  const closes = await latestCloseByDay(depot.location);
  expect(closes.get('2026-11-21')?.items).toMatchObject([{ item, onHand: 5_000, average: 9_000, value: 45_000 }]);

  // A number has one age, also for goods that left before and come back.
  await bring(tookBack(lost, { line: 1, item, quantity: 10_000 }), -1);
  expect((await lots()).map(([lot, left]) => [lot, left])).toEqual([
    ['NEW', 7_000],
    ['OLD', 8_000],
  ]);
});

const DAY = 86_400;

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const bring = async (says: Says, seconds: number) => {
  const written = phone.write(says, at(seconds));
  for (const { outcome } of expectOk(await phone.sync([written])).outcomes) expect(outcome).toBe('recorded');
  return written.number;
};

const lots = async () => ((await depot.row())?.lots ?? []).map(({ lot, left, since }) => [lot, left, since]);

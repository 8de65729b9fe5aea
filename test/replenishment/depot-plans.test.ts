import { beforeAll, expect, it } from 'vitest';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { workOff } from '../kit/jobs.ts';
import { requestsAt } from '../kit/material-requests.ts';

const book = useBook();
let depot: Depot;
beforeAll(async () => {
  await daysAgo(book.clock, DAYS, async () => {
    depot = await openDepot(book);
    await depot.producer('P0300');
    await depot.receive('SIL-1', '100 kg');
  });
  for (const ago of ISSUED)
    await daysAgo(book.clock, ago, async () => {
      const asks = requestsAt(book, depot, 'P0300');
      const number = await asks.submitted('2 kg');
      expectOk(await asks.approve(number));
      expectOk(await asks.issue(number, '2 kg'));
    });
  await closeAt(DEPOT);
});

let version: number | undefined;

it('A depot keeps half as much again as it issues meanwhile, and orders for a month.', async () => {
  expect(await planned()).toEqual(kept());
});

it("A festival raises a depot's point and order two weeks before the stalls'.", async () => {
  // Issues of the next eight days are sold from the 6th of December on.
  await festival(14, 21, 3);
  expect(await planned()).toEqual(kept(3));
  await festival(22, 51, 2);
  expect(await planned()).toEqual(kept(1, 2));
  // Sellers of these days have drawn their material already.
  await festival(0, 13, 3);
  expect((await planned()).reorderPoint).toBeLessThanOrEqual(kept().reorderPoint);
});

it('Festival issues do not raise the plan after the festival.', async () => {
  // All issues until today were for the festival, no later ones will be.
  await festival(-6, 13, 3);
  expect(await planned()).toEqual(kept(1 / 3, 1 / 3));
});

it('A festival of another craft or district changes nothing.', async () => {
  for (const of of [{ craft: 'Brass' }, { district: 'LKO' }]) {
    await festival(14, 51, 3, of);
    expect(await planned()).toEqual(kept());
  }
  await festival(14, 51, 3, { craft: 'craft', district: 'PBT' });
  expect((await planned()).reorderPoint).toBe(kept(3).reorderPoint);
});

const TODAY = '2026-11-22' as Day;

/** From the day before yesterday back, 2 kg were issued each fifth day. */
const ISSUED = [20, 15, 10, 5];

const DAYS = 20;

const festival = async (from: number, to: number, factor: number, more: object = {}) => {
  const days = { from: addDays(TODAY, from), to: addDays(TODAY, to) };
  const body = { name: 'Flute fair', nameHi: 'बाँसुरी महोत्सव', ...days, factor, ...more };
  const path = { kind: 'festivals', id: 'FAIR-2026' } as const;
  version = expectOk(await book.admin.putEntry({ path, body, ...(version && { ifMatch: version }) })).version;
};

const planned = async () => {
  await workOff('plan-replenishment', DEPOT);
  const { reorderPoint = -1, target = -1 } = (await depot.row())?.plan ?? {};
  return { reorderPoint, delivery: target - reorderPoint };
};

/** 8 kg in 19.5 days, as the first day began at noon: half as much again for 8 days, and for 30. */
const A_DAY = 8_000 / 19.5;

const kept = (until = 1, after = 1) => ({
  reorderPoint: Math.ceil(A_DAY * until * 8 * 1.5),
  delivery: Math.ceil(A_DAY * after * 30),
});

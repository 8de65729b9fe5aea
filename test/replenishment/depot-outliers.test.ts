import { beforeEach, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import { BAMBOO, type Depot, openDepot } from '../kit/depot.ts';
import { workOff } from '../kit/jobs.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';

const book = useBook();
let depot: Depot;
let asks: RequestDriver;
let made = 0;
/** 20 days ago a depot received 100 kg and issued 2 kg. */
beforeEach(async () => {
  const [id, producer] = [`PBO-D${++made}`, `P07${String(made).padStart(2, '0')}`];
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
  await daysAgo(book.clock, 20, async () => {
    depot = await openDepot(book, id);
    await depot.producer(producer);
    await depot.receive('SIL-1', '100 kg');
  });
  asks = requestsAt(book, depot, producer);
  await issuedAgo(20, '2 kg');
});

it('A mistyped issue, taken back days later, leaves the plan as it was.', async () => {
  await issuedAgo(15, '2 kg');
  const mistyped = await issuedAgo(12, '70 kg');
  await issuedAgo(10, '2 kg');
  await daysAgo(book.clock, 6, planned);
  await takenBackAgo(5, mistyped, 70_000);
  await issuedAgo(5, '2 kg');
  expect(await planned()).toEqual(planFor(8_000));
});

it('The part of an issue that was taken back is no demand of the day of the issue.', async () => {
  const mistyped = await issuedAgo(12, '20 kg');
  await takenBackAgo(12, mistyped, 3_000);
  await daysAgo(book.clock, 6, planned);
  await takenBackAgo(5, mistyped, 15_000);
  await issuedAgo(5, '2 kg');
  expect(await planned()).toEqual(planFor(6_000));
  const closes = await latestCloseByDay(depot.location);
  const demands = ['2026-11-10', '2026-11-17'].map((day) => {
    const { issued = 0, mistaken = 0 } = closes.get(day)?.items.find(({ item }) => item === BAMBOO) ?? {};
    return [issued, mistaken, issued - mistaken];
  });
  expect(demands).toEqual([
    [17_000, 15_000, 2_000],
    [-13_000, -15_000, 2_000],
  ]);
});

it('A mistyped issue that nobody takes back counts at most the registered reorder point.', async () => {
  await issuedAgo(15, '2 kg');
  await issuedAgo(12, '85 kg');
  await issuedAgo(5, '2 kg');
  // The registry says 50 kg: more than 4 kg, and than twice the largest other day.
  expect(await planned()).toEqual(planFor(6_000 + 50_000));
});

const issuedAgo = (ago: number, quantity: string) =>
  daysAgo(book.clock, ago, async () => {
    const number = await asks.submitted(quantity);
    expectOk(await asks.approve(number));
    return expectOk(await asks.issue(number, quantity)).number;
  });

const takenBackAgo = (ago: number, of: string, quantity: number) =>
  daysAgo(book.clock, ago, async () => {
    book.clock.forward(60);
    const claim = {
      kind: 'V',
      occurredAt: book.clock.now(),
      by: 'S001',
      previous: null,
      of,
      reason: 'mistake',
    } as const;
    expectOk(
      await book.admin.recordVoucher({
        path: { location: depot.location, number: depot.number('V') },
        body: { ...claim, goods: 'to shelf', lines: [{ line: 1, item: BAMBOO, quantity }] },
      }),
    );
  });

const planned = async () => {
  await closeAt(depot.location);
  await workOff('plan-replenishment', depot.location);
  const { reorderPoint = -1, target = -1 } = (await depot.row())?.plan ?? {};
  return { reorderPoint, delivery: target - reorderPoint };
};

/** For base units in 19.5 days: half as much again for 8 days, and for 30. */
const planFor = (counted: number) => ({
  reorderPoint: Math.ceil((counted / 19.5) * 8 * 1.5),
  delivery: Math.ceil((counted / 19.5) * 30),
});

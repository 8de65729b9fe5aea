import { beforeAll, expect, it } from 'vitest';
import { expectConsistentAllocation } from '../kit/allocation-check.ts';
import { useBook } from '../kit/book.ts';
import { competingDepots, DAY } from '../kit/competing-depots.ts';

/** A transaction has 100 actions: of more than 99 materials that there are, a run shares 99. */
const book = useBook();
let depots: ReturnType<typeof competingDepots>;
beforeAll(async () => {
  depots = competingDepots(book);
});

/** Quantities of 121 materials, 40 of them asked. */
const from = (first: number, quantity = 2): number[] =>
  Array.from({ length: 121 }, (_, at) => (at >= first && at < first + 40 ? quantity : 0));

it('Of 121 materials 80 are shared in a day, and requests for others wait for the next.', {
  tags: 'long',
}, async () => {
  const depot = await depots.openDepot({
    entitled: { P0700: 5, P0701: 1 },
    free: from(0).map(() => 3),
    asks: [
      ['P0700', ...from(0)],
      ['P0700', ...from(40)],
      ['P0701', ...from(80)],
      ['P0701', 1],
    ],
  });
  await depot.run();
  const today = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(today.requests.map(({ state }) => state)).toEqual(['approved', 'approved', 'submitted', 'approved']);
  expect(today.runs[0]?.run).toMatchObject({ requests: 3 });
  expect(today.runs[0]?.run.materials).toHaveLength(80);
  await depot.run('2026-11-23');
  expect(await depot.states()).toEqual(['approved', 'approved', 'approved', 'approved']);
});

it('120 materials without stock block nobody, day after day.', async () => {
  const depot = await depots.openDepot({
    entitled: { P0700: 5, P0701: 1 },
    free: Array.from({ length: 121 }, (_, at) => (at === 120 ? 3 : 0)),
    asks: [
      ['P0700', ...from(0)],
      ['P0700', ...from(40)],
      ['P0700', ...from(80)],
      ['P0701', ...from(120)],
    ],
  });
  await depot.run();
  const { requests, runs } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(requests.map(({ state }) => state)).toEqual(['submitted', 'submitted', 'submitted', 'approved']);
  expect(runs[0]?.run.materials).toHaveLength(121);
});

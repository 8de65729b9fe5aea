import { beforeAll, expect, inject, it } from 'vitest';
import { expectConsistentAllocation } from '../kit/allocation-check.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { competingDepots, DAY, type Spec, storesOf } from '../kit/competing-depots.ts';
import { type Death, FAULTS, faultyClient, mortalClient } from '../kit/interceptor.ts';

const book = useBook();
let depots: ReturnType<typeof competingDepots>;
beforeAll(async () => {
  depots = competingDepots(book);
});

/** One material is short, one is not, one is absent. One producer asks twice. */
const MIXED: Spec = {
  entitled: { P0100: 200, P0101: 100, P0102: 100, P0103: 200, P0104: 0 },
  free: [90, 1_000, 0],
  asks: [
    ['P0100', 25, 0, 5],
    ['P0101', 10, 50],
    ['P0103', 90],
    ['P0104', 60, 7],
    ['P0100', 15],
    ['P0102', 0, 0, 9],
  ],
};

/**
 * 10 requests of 40 lines and one more, so the record has two parts. The first producer's second
 * request finds the passbook empty and waits.
 */
const most = Array.from({ length: 40 }, () => 10);
const TWO_PARTS: Spec = {
  entitled: { P0200: 10, P0201: 4 },
  free: most.map((_, at) => (at < 3 ? 12 : 0)),
  asks: [...Array.from({ length: 10 }, () => ['P0200', ...most] as const), ['P0201', 10, 10, 10]],
};

/**
 * The writes of a run: each part of its record, its head, each request, each part again, its end.
 */
const RUNS = [
  { name: 'requests of all kinds', spec: MIXED, writes: 2 + 6 + 2, at: Array.from({ length: 10 }, (_, n) => n + 1) },
  { name: 'a record in two parts', spec: TWO_PARTS, writes: 3 + 11 + 3, at: [14, 16] },
];

beforeAll(async () => {
  for (const { spec, writes } of RUNS) {
    const depot = await opened(spec);
    expect(await depot.live({ write: writes + 1, when: 'unsent' })).toBe(false);
    await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
    undisturbed.set(spec, await depot.outcome());
  }
});

it.each(RUNS)('A run of $name ends the same, whichever of its writes it dies before.', async ({ spec, at }) => {
  for (const write of at) {
    const depot = await opened(spec);
    expect({ write, died: await depot.live({ write, when: 'unsent' }) }).toEqual({ write, died: true });
    await depot.run();
    expect({ write, left: await depot.outcome() }).toEqual({ write, left: undisturbed.get(spec) });
  }
});

it('A run that dies over and over ends the same, serving one more request each time.', async () => {
  const depot = await opened(MIXED);
  let lives = 0;
  // The first three die with a record and no run; the fourth has begun, and is not told.
  while (lives < 20 && (await depot.live({ write: lives < 4 ? 2 : 1, when: lives < 3 ? 'unsent' : 'unheard' })))
    lives++;
  expect(lives).toBeGreaterThan(3);
  expect(lives).toBeLessThanOrEqual(4 + 6 + 2);
  expect(await depot.outcome()).toEqual(undisturbed.get(MIXED));
});

it.each(FAULTS.filter((fault) => fault !== 'none'))(
  'A run with every second transaction meeting %s finishes at once, with one record.',
  async (fault) => {
    const depot = await opened(MIXED);
    const { client, meet } = faultyClient(inject('endpoint'));
    let transactions = 0;
    meet(() => (transactions++ % 2 === 0 ? fault : 'none'));
    await depot.run(DAY, storesOf(book, client));
    client.destroy();
    expect(await depot.outcome()).toEqual(undisturbed.get(MIXED));
    expect(await depot.records(DAY)).toHaveLength(1);
  },
);

it("The next day's job finishes a dead run first, and nobody gets yesterday's share twice.", async () => {
  const nextDay = async ({ receive, ask, run }: Opened) => {
    await receive(50);
    await receive(20, 2);
    await ask('P0101', 500);
    await run(NEXT);
  };
  const first = await opened(MIXED);
  await first.run();
  await nextDay(first);
  const left = await first.outcome();
  await expectConsistentAllocation(book.admin, first.depot, first.all, DAY, NEXT);
  // It begins with its second write, gives with those from the third on, and ends with the tenth.
  for (const write of [2, 5, 8, 9, 10]) {
    const depot = await opened(MIXED);
    expect(await depot.live({ write, when: 'unheard' })).toBe(true);
    await nextDay(depot);
    expect({ write, left: await depot.outcome() }).toEqual({ write, left });
  }
});

it('The record of a run that never began is not read, and expires.', async () => {
  const depot = await opened(MIXED);
  const [first = ''] = depot.all.map(({ number }) => number);
  expect(await depot.live({ write: 2, when: 'unsent' })).toBe(true);
  const path = { producer: 'P0100', number: first };
  expectOk(await book.admin.cancelRequest({ path, body: { why: 'bought elsewhere' }, ifMatch: 1 }));
  await depot.run();
  const { runs } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(runs[0]?.record.map(({ request }) => request)).not.toContain(first);
  expect(runs[0]?.run.requests).toBe(5);
  // One of the two records is the run's and never expires.
  const records = await depot.records(DAY);
  expect(records.map(({ lapsesAt }) => lapsesAt).toSorted()).toEqual([
    Date.parse('2027-02-20T05:00:00Z') / 1_000,
    undefined,
  ]);
});

const NEXT = '2026-11-23';

const opened = async (spec: Spec) => {
  const depot = await depots.openDepot(spec);
  const outcome = () => depot.outcome(DAY, NEXT);
  /** A process that dies so: whether it did, before it was through. */
  const live = async (death: Death, day = DAY): Promise<boolean> => {
    const { client, hasDied } = mortalClient(inject('endpoint'), death);
    await depot.run(day, storesOf(book, client)).catch((error: Error) => {
      if (error.message !== 'the process died') throw error;
    });
    client.destroy();
    return hasDied();
  };
  return { ...depot, live, outcome };
};

type Opened = Awaited<ReturnType<typeof opened>>;

/** The final state of each spec without a crash. */
const undisturbed = new Map<Spec, unknown>();

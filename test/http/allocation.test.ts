import { beforeAll, describe, expect, inject, it } from 'vitest';
import { isReproducible } from '../../shared/materials/allocation.ts';
import { expectConsistentAllocation, readAllocation } from '../kit/allocation-check.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { type CompetingDepot, competingDepots, DAY, type Spec, storesOf } from '../kit/competing-depots.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { mortalClient } from '../kit/interceptor.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const NEXT = '2026-11-23';
/** Producers by their members: 120 kg a season for each. */
const MAKERS = { P0100: 2, P0101: 1, P0102: 1, P0103: 2 };

const book = useBook();
let depots: ReturnType<typeof competingDepots>;
beforeAll(async () => {
  depots = competingDepots(book);
});

it('A scarce material is shared by entitlement, and asking for more gains nothing.', async () => {
  const depot = await openDepot(book);
  for (const [id, members] of Object.entries(MAKERS)) await depot.producer(id, members);
  await depot.receive('SIL-1', 90);
  const numbers: string[] = [];
  for (const [at, id] of Object.keys(MAKERS).entries())
    numbers.push(await requestsAt(book, depot, id).submitted([40, 10, 25, 200][at]));
  const counts = { LocationsPlanned: 1, RequestsAllocated: 4, RunsFinished: 1 };
  expect(await runAll()).toMatchObject({ counts });
  const { run, record } = await readAllocation(book.admin, DEPOT, DAY);
  expect(record.map(({ share }) => share)).toEqual([32, 10, 16, 32]);
  expect(run).toEqual({
    depot: DEPOT,
    day: DAY,
    state: 'done',
    requests: 4,
    startedAt: book.clock.now(),
    doneAt: book.clock.now(),
    materials: [{ item: BAMBOO, free: 90, producers: 4, wanted: 275, taken: 90, returned: 0 }],
  });

  expect(await depot.row()).toMatchObject({ onHand: 90, free: 0 });
  for (const [at, id] of Object.keys(MAKERS).entries()) {
    const request = expectOk(await book.admin.getRequest({ path: { producer: id, number: numbers[at] ?? '' } }));
    const approved = [32, 10, 16, 32][at];
    expect(request).toMatchObject({ state: 'approved', version: 2, lines: [{ approved, issued: 0 }] });
    expect(await depot.account(id)).toMatchObject({ reserved: approved, drawn: 0 });
    const rest = at === 1 ? '' : ', and ask again for the rest';
    expect(request.history.at(-1)?.told?.en).toMatch(
      new RegExp(`BAMBOO of PBT1.*; collect it by 28 November${rest}\\.$`),
    );
  }
  const asks = Object.keys(MAKERS).map((producer, at) => ({ number: numbers[at] ?? '', producer }));
  await expectConsistentAllocation(book.admin, DEPOT, asks, DAY);
});

const WEIGHTS = { P0500: 200, P0501: 100, P0502: 100, P0503: 200 };
const short = (...amounts: number[]): Spec => ({
  entitled: WEIGHTS,
  free: [90],
  asks: amounts.map((one, at) => [`P050${at}`, one] as const),
});

it('With enough for all, every request is approved in full, without a word of depots.', async () => {
  const depot = await opened({ ...short(40, 10, 25, 60), free: [136] });
  await runAll();
  const { requests, stock, toldOf, shares } = await addedUp(depot);
  expect(shares).toEqual([40, 10, 25, 60]);
  expect(stock[0]?.free).toBe(1);
  for (const at of requests.keys())
    expect(toldOf(at)).toMatch(/^For you: \d+ pieces of \S+, all that you asked for; collect/);
});

it.each<[string, number[]]>([
  ['no stock row', []],
  ['nothing free', [5, -5]],
  ['less than nothing', [5, -9]],
])('With %s, every request waits, learns why, and competes again the next day.', async (_what, moves) => {
  const depot = await opened({ ...short(40, 10), free: [0] });
  for (const quantity of moves) await depot.receive(quantity);
  await runAll();
  const { requests, runs, toldOf } = await addedUp(depot);
  expect(requests.map(({ state, version }) => `${state} ${version}`)).toEqual(['submitted 2', 'submitted 2']);
  expect(toldOf(0)).toMatch(
    /^Nothing today: none of the 40 .* the depot has none free; your request stays in the queue\.$/,
  );
  const free = moves.reduce((sum, one) => sum + one, 0);
  expect(runs[0]?.run.materials).toMatchObject([{ free, wanted: 50, taken: 0, returned: 0 }]);
  await depot.receive(45 - free);
  await later(`${NEXT}T00:30:00Z`, () => runAll());
  const after = await addedUp(depot, DAY, NEXT);
  expect(after.requests.map(({ state, lines }) => `${state} ${lines[0]?.approved}`)).toEqual([
    'approved 35',
    'approved 10',
  ]);
  const history = after.requests[0]?.history.map(({ did, run = '' }) => `${did} ${run}`);
  expect(history).toEqual(['submit ', `wait ${DAY}`, `allocate ${NEXT}`]);
  expect(after.toldOf(0)).toMatch(
    /as 45 pieces were shared among 2 .* yours is 200 pieces; collect it by 29 November, and ask again for the rest\.$/,
  );
});

it('A share is capped by the passbook; a producer with nothing left learns who can grant more.', async () => {
  const depot = await opened({
    entitled: { P0510: 30, P0511: 0 },
    free: [90],
    asks: [
      ['P0510', 40],
      ['P0511', 10],
    ],
  });
  await runAll();
  const { requests, stock, toldOf, shares } = await addedUp(depot);
  expect(shares).toEqual([30, 0]);
  expect(stock[0]?.free).toBe(60);
  expect(requests.map(({ state }) => state)).toEqual(['approved', 'submitted']);
  expect(toldOf(0)).toContain('30 pieces of the 40 pieces');
  expect(toldOf(0)).toMatch(/which is all that your passbook has left this season; collect it by 28 November\.$/);
  expect(toldOf(1)).toMatch(/none left this season, and an officer can grant more; your request stays in the queue\.$/);
});

it('Two requests of one producer get no more than one, the older first, for each material.', async () => {
  const split = await opened({
    entitled: { ...WEIGHTS, P0504: 50 },
    free: [90, 7, 100],
    asks: [
      ['P0500', 40],
      ['P0501', 10, 0, 90],
      ['P0502', 25],
      ['P0503', 30],
      ['P0504', 0, 9, 5],
      ['P0503', 100, 4],
      ['P0503', 70],
    ],
  });
  await runAll();
  const { runs, shares } = await addedUp(split);
  const of = (at: number) => runs[0]?.record.filter(({ item }) => item === split.items[at]).map(({ share }) => share);
  expect([of(0), of(1), of(2)]).toEqual([
    [32, 10, 16, 30, 2, 0],
    [3, 4],
    [90, 5],
  ]);
  expect(shares).toHaveLength(10);
  expect(runs[0]?.run.materials.map(({ producers, taken }) => [producers, taken])).toEqual([
    [4, 90],
    [2, 95],
    [2, 7],
  ]);
});

it('Rejected, cancelled and approved requests take no part in a run.', async () => {
  const depot = await opened({ ...short(40, 10, 25, 60), free: [115] });
  const [cancelled, rejected, approved] = depot.all;
  if (!cancelled || !rejected || !approved) throw new Error('four requests');
  expectOk(await book.admin.cancelRequest({ path: cancelled, body: {}, ifMatch: 1 }));
  const named = (number: string) => ({ path: { depot: depot.depot, number }, ifMatch: 1 });
  expectOk(await book.admin.rejectRequest({ ...named(rejected.number), body: { why: 'none left' } }));
  expectOk(await book.admin.approveRequest({ ...named(approved.number), body: {} }));
  const before = (await expectConsistentAllocation(book.admin, depot.depot, depot.all)).requests.slice(0, 3);
  await runAll();
  const { requests, runs } = await addedUp(depot);
  expect(requests.slice(0, 3)).toEqual(before);
  expect(runs[0]?.record.map(({ request, share }) => [request, share])).toEqual([[depot.all[3]?.number, 60]]);
});

it('A request past its needed-by day is passed over, and is not told that it got nothing.', async () => {
  const spec = { ...short(40, 10, 25, 60), neededBy: ['2026-11-21', '2026-11-22', undefined, '2026-11-23'] };
  const depot = await opened(spec);
  const before = expectOk(await book.admin.getRequest({ path: depot.all[0] ?? ({} as never) }));
  await runAll();
  const { requests, runs } = await addedUp(depot);
  expect(requests[0]).toEqual(before);
  expect(runs[0]?.run).toMatchObject({ requests: 3, materials: [{ producers: 3, wanted: 95 }] });
  expect(requests.map(({ lines }) => lines[0]?.approved)).toEqual([0, 10, 25, 55]);
});

it('A day whose requests are all too late or out of season has no run.', async () => {
  const depot = await opened({ ...short(40), neededBy: ['2027-05-01'] });
  await later('2027-04-01T00:30:00Z', () => depot.run('2027-04-01'));
  const none = await book.admin.getAllocation({ path: { depot: depot.depot, day: '2027-04-01' } });
  expect([outcomeOf(none), await depot.states()]).toEqual(['404 NOT_FOUND', ['submitted']]);
  await later('2027-03-31T00:30:00Z', () => depot.run('2027-03-31'));
  expect(await depot.states()).toEqual(['approved']);
});

it('A second run on one day changes nothing; later requests wait for the next day.', async () => {
  const depot = await opened(short(40, 10, 25, 60));
  await runAll();
  await depot.receive(500);
  await depot.ask('P0501', 5);
  const before = await depots.whole();
  await later(`${DAY}T06:00:00Z`, () => runAll());
  expect(await depots.whole()).toEqual(before);
});

it.each([2, 8])('%i concurrent runs end as one.', async (times) => {
  const [one, many] = [await opened(short(40, 10, 25, 60)), await opened(short(40, 10, 25, 60))];
  await one.run();
  await runAll(times);
  await addedUp(many);
  expect(await many.outcome(DAY)).toEqual(await one.outcome(DAY));
});

describe("Officer's view of an allocation", () => {
  const get = async (depot: string, query: { cursor?: string } = {}) =>
    (await book.as('officer', 'district:PBT')).getAllocation({ path: { depot, day: DAY }, query });

  it('The officer sees the whole run, which can be recomputed; a day without requests has none.', async () => {
    const depot = await opened(short(40, 10, 25, 60));
    const idle = await opened({ ...short(), free: [90] });
    await runAll();
    const { run, record } = await readAllocation(await book.as('officer', 'district:PBT'), depot.depot, DAY);
    expect(isReproducible(run, record)).toBe(true);
    expect(isReproducible({ ...run, materials: run.materials.map((one) => ({ ...one, free: 89 })) }, record)).toBe(
      false,
    );
    expect(record[0]).toMatchObject({ producer: 'P0500', asked: 40, entitled: 200, left: 200, share: 32, given: 32 });
    expect(record.map(({ turn }) => turn)).toEqual(Array(4).fill(expect.stringMatching(/^\d{10}$/)));
    expect([outcomeOf(await get(depot.depot)), outcomeOf(await get(idle.depot))]).toEqual([200, '404 NOT_FOUND']);
    expect(outcomeOf(await book.admin.getAllocation({ path: { depot: depot.depot, day: NEXT } }))).toBe(
      '404 NOT_FOUND',
    );
  });

  it('The record shows by which turns the last units were given.', async () => {
    const ids = ['P0520', 'P0521', 'P0522', 'P0523', 'P0524'];
    const entitled = Object.fromEntries(ids.map((id) => [id, 7]));
    const depot = await opened({ entitled, free: [8], asks: ids.map((id) => [id, 5] as const) });
    await runAll();
    const { record } = await readAllocation(await book.as('officer', 'district:PBT'), depot.depot, DAY);
    const byTurn = record.toSorted((a, b) => (a.turn < b.turn ? -1 : 1));
    expect(byTurn.map(({ share }) => share)).toEqual([2, 2, 2, 1, 1]);
  });

  it('The record counts only requests with entitlement left.', async () => {
    const entitled = { P0530: 30, P0531: 30, P0532: 0 };
    const depot = await opened({ entitled, free: [20], asks: Object.keys(entitled).map((id) => [id, 30] as const) });
    await runAll();
    const { runs, toldOf } = await addedUp(depot);
    expect(runs[0]?.run.materials).toMatchObject([{ producers: 2, wanted: 60, taken: 20 }]);
    expect(toldOf(0)).toContain('were shared among 2 by entitlement');
  });

  it.each([['1'], ['-1'], ['0.5'], ['PBT-BAMBOO'], ['0', '1'], ['1e9']])(
    'A cursor of another list is refused: %s %s',
    async (...keys) => {
      const depot = await opened(short(40));
      await depot.run();
      const cursor = cursorAfter('getAllocation', { path: { depot: depot.depot, day: DAY } }, keys);
      expect(outcomeOf(await get(depot.depot, { cursor }))).toBe('400 INVALID_REQUEST');
    },
  );

  it('An interrupted run shows what it will give; finished days later, it names a future day.', async () => {
    const depot = await opened(short(40, 10, 25, 60));
    const { client } = mortalClient(inject('endpoint'), { write: 3, when: 'unsent' });
    await expect(depot.run(DAY, storesOf(book, client))).rejects.toThrow('the process died');
    const { run, record } = await readAllocation(book.admin, depot.depot, DAY);
    expect([run.state, run.doneAt, run.materials[0]?.returned]).toEqual(['running', undefined, undefined]);
    expect(record.map(({ share, given }) => [share, given])).toEqual(
      [32, 10, 16, 32].map((share) => [share, undefined]),
    );
    await later('2026-12-05T00:30:00Z', () => depot.run('2026-12-05'));
    expect((await addedUp(depot)).toldOf(0)).toMatch(/collect it by 11 December, and ask again for the rest\.$/);
  });

  it('A record of 450 requests comes in several pages.', { tags: 'long' }, async () => {
    const ids = Array.from({ length: 450 }, (_, at) => `P${6000 + at}`);
    const entitled = Object.fromEntries(ids.map((id, at) => [id, 1 + (at % 7)]));
    const depot = await opened({ entitled, free: [1_000], asks: ids.map((id, at) => [id, 1 + (at % 11)] as const) });
    await depot.run();
    const { run, record, pages } = await readAllocation(book.admin, depot.depot, DAY);
    expect([run.requests, record.length, pages, isReproducible(run, record)]).toEqual([450, 450, 2, true]);
    expect(record.map(({ request }) => request)).toEqual(depot.all.map(({ number }) => number));
    expect(record.every(({ share, given }) => share === given)).toBe(true);
    expect(record.reduce((sum, { share }) => sum + share, 0)).toBe(run.materials[0]?.taken);
  });
});

const runAll = async (times = 1) => {
  const runs = await Promise.all(Array.from({ length: times }, () => book.bahi.runJob('allocate-materials')));
  expect(runs.map(({ failed }) => failed)).toEqual(runs.map(() => 0));
  return runs[0];
};

/** At another time; what was issued today as a token is good for nothing then. */
const later = async (time: string, run: () => Promise<unknown>) => {
  book.clock.set(time);
  await run();
  book.clock.set(new Date(START).toISOString());
};

/** A depot that the job knows. */
const opened = async (spec: Spec) => {
  const depot = await depots.openDepot(spec);
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: depot.depot }, body }));
  return depot;
};

const addedUp = async ({ depot, all }: CompetingDepot, ...days: string[]) => {
  const { requests, stock, runs } = await expectConsistentAllocation(
    book.admin,
    depot,
    all,
    ...(days.length > 0 ? days : [DAY]),
  );
  const toldOf = (at: number) => requests[at]?.history.at(-1)?.told?.en ?? '';
  return { requests, stock, runs, toldOf, shares: runs[0]?.record.map(({ share }) => share) };
};

import { beforeAll, describe, expect, inject, it } from 'vitest';
import { expireReservations } from '../../functions/expire-reservations/expire-reservations.ts';
import type { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { Day, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { expectConsistentAllocation } from '../kit/allocation-check.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { adjustment } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { competingDepots, DAY, storesOf } from '../kit/competing-depots.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import {
  FAULTS,
  type Fault,
  faultyClient,
  inOrder,
  laggingClient,
  mortalClient,
  watchedClient,
} from '../kit/interceptor.ts';
import { evaluateStockRecords, stockRecordOf, workOff } from '../kit/jobs.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { type DepotWithShortfall, depotWithShortfall, reservationsBy } from '../kit/reservations.ts';

let depots: ReturnType<typeof competingDepots>;
let kit: ReturnType<typeof reservationsBy>;
const book = useBook({ streams: true });
beforeAll(async () => {
  depots = competingDepots(book);
  kit = reservationsBy(depots.plain);
});

const hoursAgo = <T>(hours: number, act: () => Promise<T>) => daysAgo(book.clock, hours / 24, act);

it('Damage to reserved stock: the stream settles who loses and tells them; the next run includes them.', async () => {
  const depot = await openDepot(book);
  const [early, late, last] = ['P0300', 'P0301', 'P0302'].map((producer) => requestsAt(book, depot, producer));
  if (!early || !late || !last) throw new Error('three ask');
  await depot.receive('SIL-1', '100 kg');
  const numbers: string[] = [];
  for (const asks of [last, early, late]) {
    await depot.producer(asks.producer);
    numbers.push(await asks.submitted('20 kg'));
  }
  const [third = '', first = '', second = ''] = numbers;
  for (const [asks, number] of [
    [early, first],
    [late, second],
    [last, third],
  ] as const) {
    book.clock.forward(60);
    expectOk(await asks.approve(number));
  }
  expectOk(await late.issue(second, '5 kg'));
  const damage = adjustment(book.clock, [{ item: BAMBOO, quantity: '68 kg' }], { goodsInHand: true });
  expectOk(await book.admin.recordVoucher({ path: { location: DEPOT, number: depot.number('A') }, body: damage }));
  expect(await depot.row()).toMatchObject({ onHand: 27_000, free: -28_000 });
  book.clock.forward(60);

  await book.bahi.drainStream();

  expect(await depot.row()).toMatchObject({ onHand: 27_000, free: 0 });
  expect(await early.read(first)).toMatchObject({ state: 'approved', version: 2, lines: [{ approved: 20_000 }] });
  const [reduced, lost] = [await late.read(second), await last.read(third)];
  expect(reduced).toMatchObject({ state: 'issued', version: 4, lines: [{ approved: 12_000, issued: 5_000 }] });
  expect(lost).toMatchObject({ state: 'submitted', version: 3, lines: [{ asked: 20_000, approved: 0, issued: 0 }] });
  const by = { at: book.clock.now(), by: 'settle-reserved' };
  expect([reduced.history.at(-1), lost.history.at(-1)]).toMatchObject([
    {
      did: 'reduce',
      ...by,
      lines: [{ item: BAMBOO, quantity: -8_000 }],
      told: { en: expect.stringMatching(/ 8 kg .* 7 kg/), hi: expect.stringMatching(/ 8 किग्रा .* 7 किग्रा /) },
    },
    {
      did: 'requeue',
      ...by,
      lines: [{ item: BAMBOO, quantity: -20_000 }],
      told: {
        en: expect.stringMatching(/ 1 bundle .* back in the queue/),
        hi: expect.stringMatching(/ 1 गट्ठर .* कतार में/),
      },
    },
  ]);
  expect(await depot.account(last.producer)).toMatchObject({ reserved: 0, drawn: 0, left: 120_000 });
  expect(await depot.account(late.producer)).toMatchObject({ reserved: 7_000, drawn: 5_000, left: 108_000 });
  const { requests } = expectOk(await book.admin.listRequests({ path: { depot: DEPOT } }));
  expect(requests.map(({ request, canServe }) => [request, canServe[0]?.quantity])).toEqual([
    [third, 0],
    [first, 20_000],
    [second, 7_000],
  ]);

  await book.bahi.drainStream();
  expect(await late.read(second)).toEqual(reduced);
  await depot.receive('SIL-2', '30 kg');
  await workOff('allocate-materials', DEPOT);
  expect(await last.read(third)).toMatchObject({ state: 'approved', lines: [{ approved: 20_000 }] });
  expect(await depot.row()).toMatchObject({ onHand: 57_000, free: 10_000 });
});

const opened = (missing: number) => depotWithShortfall(book, depots, missing);
const requestIn = ({ all }: Pick<DepotWithShortfall, 'all'>, number: string) => {
  const found = all.find((one) => one.number === number);
  if (!found) throw new Error(`no request ${number}`);
  return found;
};

describe('38 missing of 80 reserved', () => {
  const END = ['approved 30-0', 'issued 17-5', 'submitted 0-0', 'approved 0-0', 'submitted 0-0'];
  let end: unknown;
  beforeAll(async () => {
    const depot = await opened(38);
    expect(await depot.settle()).toBe(3);
    end = await depot.outcome();
    expect(await depot.stand()).toEqual(END);
    expect(await depot.row()).toMatchObject({ onHand: 42, free: 0 });
    await expectConsistentAllocation(book.admin, depot.depot, depot.all);
    expect([...reservedQuantitiesOf(await kit.find(depot.last))]).toEqual([[depot.items[1], 4]]);
    expect(await depot.settle()).toBe(0);
    expect(await depot.outcome()).toEqual(end);
  });

  it.each<[string, (depot: DepotWithShortfall) => Promise<unknown>]>([
    [
      'news of it',
      async ({ row }) => row().then((after) => after && evaluateStockRecords([stockRecordOf(undefined, after)])),
    ],
    [
      'the hourly look',
      ({ depot }) =>
        expireReservations({ job: 'expire-reservations', location: depot, day: Day.parse(DAY) }, depots.plain),
    ],
    ['five at once', ({ settle }) => Promise.all(Array.from({ length: 5 }, () => settle()))],
    [
      'five at once in conflicts',
      ({ settle }) => {
        const { client, meet } = faultyClient(inject('endpoint'));
        const random = seededRandom(5).next;
        meet(() => (random() < 0.3 ? 'conflict' : 'none'));
        return Promise.all(Array.from({ length: 5 }, () => settle(storesOf(book, client))));
      },
    ],
  ])('%s gives the same result.', async (_how, settle) => {
    const depot = await opened(38);
    await settle(depot);
    expect(await depot.outcome()).toEqual(end);
  });

  it.each(FAULTS)('A write that meets %s gives the same result.', async (fault) => {
    const { client, meet } = faultyClient(inject('endpoint'));
    meet(inOrder(['none', fault]));
    const depot = await opened(38);
    expect(await depot.settle(storesOf(book, client))).toBe(3);
    expect(await depot.outcome()).toEqual(end);
  });

  it.each(['unsent', 'unheard'] as const)('A process that dies at any write (%s) is continued.', async (when) => {
    for (const write of [1, 2, 3]) {
      const depot = await opened(38);
      const { client } = mortalClient(inject('endpoint'), { write, when });
      await expect(depot.settle(storesOf(book, client))).rejects.toThrow('the process died');
      expect(await depot.settle()).toBe(3 - write + (when === 'unsent' ? 1 : 0));
      expect({ write, end: await depot.outcome() }).toEqual({ write, end });
    }
  });
});

describe('Changes before a loss is written', () => {
  it.each<[string, (depot: DepotWithShortfall) => Promise<unknown>, 'third' | 'last', string[], number]>([
    ['a receipt of all', ({ receive }) => receive(38), 'last', ['30-0', '20-5', '25-0', '10-0'], 0],
    ['a receipt of a part', ({ receive }) => receive(20), 'last', ['30-0', '20-5', '17-0', '0-0'], 0],
    ['a receipt after the first loss', ({ receive }) => receive(20), 'third', ['30-0', '20-5', '17-0', '0-0'], 0],
    [
      'more damage, which makes news of its own',
      ({ receive }) => receive(-9),
      'third',
      ['30-0', '8-5', '0-0', '0-0'],
      -9,
    ],
    ['its issue', ({ third }) => kit.issue(third, 25), 'third', ['17-0', '5-5', '25-25', '0-0'], 0],
    ['its issue in part', ({ third }) => kit.issue(third, 4), 'third', ['30-0', '13-5', '4-4', '0-0'], 0],
  ])('%s: it is decided again, and nobody loses more than they must.', async (_what, act, whose, amounts, free) => {
    const depot = await opened(38);
    const { client, watch } = watchedClient(inject('endpoint'));
    let times = 0;
    watch({ before: ({ says }) => (says.includes(depot[whose]) && ++times === 1 ? act(depot) : undefined) });
    await depot.settle(storesOf(book, client));
    expect([times > 0, (await depot.row())?.free]).toEqual([true, free]);
    expect(await depot.settle()).toBe(free < 0 ? 1 : 0);
    expect((await depot.stand()).slice(0, 4).map((one) => one.split(' ')[1])).toEqual(amounts);
    expect((await depot.row())?.free).toBe(0);
    await expectConsistentAllocation(book.admin, depot.depot, depot.all);
  });
});

it('However often the requests change, it is decided again until settled.', async () => {
  const depot = await opened(38);
  const { client, watch } = watchedClient(inject('endpoint'));
  let times = 0;
  watch({
    before: ({ says }) => (says.includes(depot.last) && ++times <= 6 ? kit.issue(depot.last, 1) : undefined),
  });
  expect(await depot.settle(storesOf(book, client))).toBe(3);
  expect([times, (await depot.row())?.free]).toEqual([7, 0]);
  expect((await depot.stand()).slice(0, 4)).toEqual(['approved 30-0', 'issued 11-5', 'submitted 0-0', 'issued 6-6']);
  await expectConsistentAllocation(book.admin, depot.depot, depot.all);
});

it('After 5 seconds the caller gets BUSY, the writes stand, and the next call continues.', async () => {
  const depot = await opened(38);
  const clock = hurriedClock();
  const { client, watch } = watchedClient(inject('endpoint'));
  watch({
    before: async ({ says }) => {
      if (!says.includes(depot.third)) return;
      clock.forward(3_000);
      await kit.issue(depot.third, 1);
    },
  });
  await expect(depot.settle(storesOf(book, client))).rejects.toThrow(UnavailableError);
  expect((await depot.stand()).slice(2, 4)).toEqual(['issued 25-2', 'approved 0-0']);
  await expectConsistentAllocation(book.admin, depot.depot, depot.all);
  expect(await depot.settle()).toBe(2);
  expect((await depot.row())?.free).toBe(0);
  await expectConsistentAllocation(book.admin, depot.depot, depot.all);
});

it('A lagging queue index misleads nobody: each request is read consistently.', async () => {
  const depot = await opened(38);
  const { client } = laggingClient(inject('endpoint'));
  const tools = storesOf(book, client);
  await tools.requests.queue(depot.depot, undefined, 'reserved');
  await kit.issue(depot.last, 6);
  expectOk(await book.admin.cancelRequest({ path: requestIn(depot, depot.third), body: {}, ifMatch: 2 }));
  // 13 are missing still.
  expect(await depot.settle(tools)).toBe(2);
  expect((await depot.stand()).slice(0, 4)).toEqual(['approved 30-0', 'issued 11-5', 'cancelled 0-0', 'issued 6-6']);
  expect((await depot.row())?.free).toBe(0);
  await expectConsistentAllocation(book.admin, depot.depot, depot.all);
});

/** 20 are reserved by hand. A run that serves three stops, and 40 of the 100 are damaged. */
describe('Damage while an allocation run is interrupted', () => {
  const NEXT = '2026-11-23';
  const stopped = async (
    write: number,
    before: (depot: StockLocationId) => Promise<unknown> = async () => undefined,
  ) => {
    const depot = await depots.openDepot({
      entitled: { P0100: 90, P0101: 90, P0102: 90 },
      free: [100],
      asks: [
        ['P0102', 20],
        ['P0101', 30],
        ['P0102', 30],
        ['P0100', 20],
      ],
    });
    const [byHand = ''] = depot.all.map(({ number }) => number);
    const [item] = depot.items;
    if (!item) throw new Error('a material');
    await hoursAgo(2, () => kit.reserve(byHand));
    await before(depot.depot);
    const { client } = mortalClient(inject('endpoint'), { write, when: 'unsent' });
    await expect(depot.run(DAY, storesOf(book, client))).rejects.toThrow('the process died');
    const settle = () => depots.plain.reduceReservations(depot.depot, item);
    return {
      ...depot,
      settle,
      /** All who look: the function itself, the stream's, and the hour's. */
      look: async () => {
        const row = await depots.plain.stock.row(depot.depot, item);
        expect(await settle()).toBe(0);
        if (row) await evaluateStockRecords([stockRecordOf(undefined, row)]);
        await expireReservations(
          { job: 'expire-reservations', location: depot.depot, day: Day.parse(DAY) },
          depots.plain,
        );
        expect(await depots.plain.stock.row(depot.depot, item)).toEqual(row);
      },
      stand: async () =>
        (await Promise.all(depot.all.map(({ number }) => kit.find(number)))).map(
          ({ state, lines }) => `${state} ${lines[0]?.approved}`,
        ),
      toldOf: async (at: number) => (await kit.find(depot.all[at]?.number ?? '')).history.at(-1),
    };
  };

  it.each([
    ['before it gave anyone anything', 3, 0],
    ['after it gave one', 4, 1],
    ['after it gave two', 5, 2],
    ['after it gave all, and before its end', 7, 3],
  ])('Nobody loses while it is stopped %s; afterwards its last requests lose first.', async (_when, write, gave) => {
    const depot = await stopped(write);
    await depot.receive(-40);
    const before = await depot.outcome(DAY);
    expect((await depot.states()).filter((state) => state === 'approved')).toHaveLength(1 + gave);
    await depot.look();
    expect(await depot.outcome(DAY)).toEqual(before);

    await depot.run();
    expect(await depot.stand()).toEqual(['approved 20', 'approved 30', 'approved 30', 'approved 20']);
    expect(await depot.settle()).toBe(2);
    expect(await depot.stand()).toEqual(['approved 20', 'approved 30', 'approved 10', 'submitted 0']);
    expect(await depot.toldOf(2)).toMatchObject({
      did: 'reduce',
      told: { en: expect.stringMatching(/the last to be promised .* lose 20 pieces and keep 10 pieces\.$/) },
    });
    expect(await depot.toldOf(3)).toMatchObject({
      did: 'requeue',
      told: {
        en: expect.stringMatching(/ lose 20 pieces and your request is back in the queue\.$/),
        hi: expect.stringMatching(/ 20 नग घटा, आपकी माँग फिर कतार में है।$/),
      },
    });
    expect((await depot.toldOf(0))?.did).toBe('approve');
    const { stock } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
    expect(stock).toMatchObject([{ onHand: 60, free: 0 }]);
  });

  it("A manual approval made meanwhile loses before the run's.", async () => {
    const depot = await stopped(5);
    book.clock.forward(60);
    await depot.receive(25);
    const late = await depot.ask('P0101', 25);
    await kit.reserve(late);
    await depot.receive(-40);
    await depot.look();
    await depot.run();
    expect(await depot.settle()).toBe(2);
    expect(await depot.stand()).toEqual(['approved 20', 'approved 30', 'approved 30', 'approved 5', 'submitted 0']);
    await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  });

  it("Over midnight, yesterday's run stays interrupted until today's job ends it.", async () => {
    const depot = await stopped(4);
    await depot.receive(-40);
    await daysAgo(book.clock, -1, async () => {
      await depot.look();
      await depot.run(NEXT);
      expect(await depot.settle()).toBe(2);
    });
    expect(await depot.stand()).toEqual(['approved 20', 'approved 30', 'approved 10', 'submitted 0']);
  });

  it("A lagging index hides today's beginning run from nobody.", async () => {
    const { client } = laggingClient(inject('endpoint'));
    const tools = storesOf(book, client);
    const depot = await stopped(4, (place) => tools.runs.unfinished(place));
    await depot.receive(-40);
    expect((await tools.runs.unfinished(depot.depot)).rows).toEqual([]);
    expect(await tools.reduceReservations(depot.depot, depot.items[0] as ItemId)).toBe(0);
  });

  it("Another depot's run, or a finished one, blocks nobody.", async () => {
    const [standing, depot] = [await stopped(4), await opened(38)];
    expect(await depot.settle()).toBe(3);
    await standing.run();
    await standing.receive(-1);
    expect(await standing.settle()).toBe(1);
  });
});

it('Without a shortage nothing is lost, and never more than is reserved.', async () => {
  const enough = await opened(0);
  const before = await enough.outcome();
  expect([await enough.settle(), await enough.outcome()]).toEqual([0, before]);
  const bare = await opened(185);
  expect([await bare.settle(), await bare.settle()]).toEqual([4, 0]);
  expect(await bare.stand()).toEqual(['submitted 0-0', 'issued 5-5', 'submitted 0-0', 'approved 0-0', 'submitted 0-0']);
  expect(await bare.row()).toMatchObject({ onHand: -105, free: -105 });
  await expectConsistentAllocation(book.admin, bare.depot, bare.all);
});

it('The last reservation is found behind hundreds of earlier ones.', async () => {
  const depot = await depots.openDepot({ entitled: { P0199: 90 }, free: [200], asks: [['P0199', 1]] });
  const { request, ...rest } = await kit.find(depot.all[0]?.number ?? '');
  const at = (n: number) => instantOf(millisecondsOf(rest.submittedAt) + n);
  const lines = rest.lines.map((line) => ({ ...line, approved: 1 }));
  const held = Array.from({ length: 210 }, (_, n) =>
    MaterialRequest.parse({
      ...rest,
      lines,
      request: `${request.slice(0, 12)}${1_000 + n}`,
      state: 'approved',
      submittedAt: at(n),
      history: [{ did: 'approve', at: at(n === 104 ? 999 : 0), by: 'kit' }],
    }),
  );
  await concurrently(16, held, (one) => depots.plain.requests.submit(one, { kind: 'Q' } as never));
  await depot.receive(-202);
  expect(await depots.plain.reduceReservations(depot.depot, depot.items[0] as ItemId)).toBe(2);
  const some = [held[104], ...held.slice(-3)].map((one) => kit.find(one?.request ?? ''));
  const states = (await Promise.all(some)).map(({ state }) => state);
  expect(states).toEqual(['submitted', 'approved', 'approved', 'submitted']);
});

it.each([1, 2, 3, 4, 5])(
  'At random (%d), two concurrent settlements under faults take from the latest.',
  async (seed) => {
    const random = seededRandom(seed).next;
    const upTo = (most: number) => Math.floor(random() * most) + 1;
    const held = Array.from({ length: 7 }, (_, n) => ({ who: `P010${n % 3}`, asked: upTo(30), hours: upTo(500) }));
    const depot = await depots.openDepot({
      entitled: { P0100: 90, P0101: 90, P0102: 90 },
      free: [300],
      asks: held.map(({ who, asked }) => [who, asked]),
    });
    const numbers = depot.all.map(({ number }) => number);
    const latest = [...held.entries()].toSorted(([, a], [, b]) => a.hours - b.hours);
    for (const [at, { hours }] of latest.toReversed()) await hoursAgo(hours, () => kit.reserve(numbers[at] ?? ''));
    const reserved = sumOf(held.map(({ asked }) => asked));
    let missing = upTo(reserved);
    await depot.receive(reserved - 300 - missing);

    const { client, meet } = faultyClient(inject('endpoint'));
    const kinds: Fault[] = ['conflict', 'lostAnswer', 'sentTwice', 'throttled', 'none', 'none', 'none', 'none'];
    meet(() => kinds[Math.floor(random() * kinds.length)] ?? 'none');
    const settle = () => storesOf(book, client).reduceReservations(depot.depot, depot.items[0] as ItemId);
    await Promise.all([settle(), settle()]);

    for (const [at, { asked }] of latest) {
      const loses = Math.min(missing, asked);
      missing -= loses;
      const { state, lines } = await kit.find(numbers[at] ?? '');
      expect([state, lines[0]?.approved]).toEqual([loses === asked ? 'submitted' : 'approved', asked - loses]);
    }
    const { stock } = await expectConsistentAllocation(book.admin, depot.depot, depot.all);
    expect(stock).toMatchObject([{ free: 0 }]);
  },
);

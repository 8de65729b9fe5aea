import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { tendRequests } from '../../functions/tend-requests/tend-requests.ts';
import { MaterialRequest, reservedBy } from '../../shared/domain/materials/request.ts';
import { sumOf } from '../../shared/domain/quantity.ts';
import { Day, instantOf, millisecondsOf } from '../../shared/domain/time.ts';
import { addsUp } from '../kit/adds-up.ts';
import { asksAt } from '../kit/asking.ts';
import { type Book, done, openBook } from '../kit/book.ts';
import { adjustment } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { FAULTS, type Fault, faultyClient, inOrder, seeded } from '../kit/faults.ts';
import { hear, newsOf, workOff } from '../kit/jobs.ts';
import { type PromisedDepot, promisedDepot, reservingBy } from '../kit/reserving.ts';
import { DAY, type Sharing, sharingIn, toolsOn } from '../kit/sharing.ts';
import { laggingClient, mortalClient, watchedClient } from '../kit/watched.ts';

let book: Book;
let sharing: Sharing;
let kit: ReturnType<typeof reservingBy>;
beforeAll(async () => {
  book = await openBook({ streams: true });
  sharing = sharingIn(book);
  kit = reservingBy(sharing.plain);
});
afterAll(() => book.close());

const hoursAgo = <T>(hours: number, act: () => Promise<T>) => daysAgo(book.clock, hours / 24, act);

it('damage to what is reserved: the stream settles who loses, each is told, and who lost all comes into the next allocation', async () => {
  const depot = await openDepot(book);
  const [early, late, last] = ['P0300', 'P0301', 'P0302'].map((producer) => asksAt(book, depot, producer));
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
    done(await asks.approve(number));
  }
  done(await late.issue(second, '5 kg'));
  const damage = adjustment(book.clock, [{ item: BAMBOO, quantity: 68_000 }], { goodsInHand: true });
  done(await book.admin.recordVoucher({ path: { location: DEPOT, number: depot.number('A') }, body: damage }));
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
      ...{ did: 'reduce', ...by, lines: [{ item: BAMBOO, quantity: -8_000 }] },
      told: { en: expect.stringMatching(/ 8 kg .* 7 kg/), hi: expect.stringMatching(/ 8 किग्रा .* 7 किग्रा /) },
    },
    {
      ...{ did: 'requeue', ...by, lines: [{ item: BAMBOO, quantity: -20_000 }] },
      told: { en: expect.stringMatching(/ 1 bundle .* none/), hi: expect.stringMatching(/ 1 गट्ठर .*कुछ नहीं/) },
    },
  ]);
  expect(await depot.account(last.producer)).toMatchObject({ reserved: 0, drawn: 0, left: 120_000 });
  expect(await depot.account(late.producer)).toMatchObject({ reserved: 7_000, drawn: 5_000, left: 108_000 });
  const { requests } = done(await book.admin.listRequests({ path: { depot: DEPOT } }));
  expect(requests.map(({ request, canServe }) => [request, canServe[0]?.quantity])).toEqual([
    ...[
      [first, 20_000],
      [second, 7_000],
      [third, 0],
    ],
  ]);

  await book.bahi.drainStream();
  expect(await late.read(second)).toEqual(reduced);
  await depot.receive('SIL-2', '30 kg');
  await workOff('allocate-materials', DEPOT);
  expect(await last.read(third)).toMatchObject({ state: 'approved', lines: [{ approved: 20_000 }] });
  expect(await depot.row()).toMatchObject({ onHand: 57_000, free: 10_000 });
});

const opened = (missing: number) => promisedDepot(book, sharing, missing);

describe('where 38 are missing of 80 that are reserved', () => {
  const END = ['approved 30-0', 'issued 17-5', 'submitted 0-0', 'approved 0-0', 'submitted 0-0'];
  let end: unknown;
  beforeAll(async () => {
    const depot = await opened(38);
    expect(await depot.settle()).toBe(3);
    end = await depot.outcome();
    expect(await depot.stand()).toEqual(END);
    expect(await depot.row()).toMatchObject({ onHand: 42, free: 0 });
    await addsUp(book.admin, depot.depot, depot.all);
    expect([...reservedBy(await kit.find(depot.last))]).toEqual([[depot.items[1], 4]]);
    expect(await depot.settle()).toBe(0);
    expect(await depot.outcome()).toEqual(end);
  });

  it.each<[string, (depot: PromisedDepot) => Promise<unknown>]>([
    ['news of it', async ({ row }) => row().then((after) => after && hear([newsOf(undefined, after)]))],
    [
      'the hourly look',
      ({ depot }) => tendRequests({ job: 'tend-requests', location: depot, day: Day.parse(DAY) }, sharing.plain),
    ],
    ['five at once', ({ settle }) => Promise.all(Array.from({ length: 5 }, () => settle()))],
    [
      'five at once in conflicts',
      ({ settle }) => {
        const { client, meet } = faultyClient(inject('endpoint'));
        const random = seeded(5);
        meet(() => (random() < 0.3 ? 'conflict' : 'none'));
        return Promise.all(Array.from({ length: 5 }, () => settle(toolsOn(book, client))));
      },
    ],
  ])('%s comes to the same end', async (_how, settle) => {
    const depot = await opened(38);
    await settle(depot);
    expect(await depot.outcome()).toEqual(end);
  });

  it.each(FAULTS)('a write that meets %s comes to the same end', async (fault) => {
    const { client, meet } = faultyClient(inject('endpoint'));
    meet(inOrder(['none', fault]));
    const depot = await opened(38);
    expect(await depot.settle(toolsOn(book, client))).toBe(3);
    expect(await depot.outcome()).toEqual(end);
  });

  it.each(['unsent', 'unheard'] as const)('one that dies at any write, which is %s, is gone on with', async (when) => {
    for (const write of [1, 2, 3]) {
      const depot = await opened(38);
      const { client } = mortalClient(inject('endpoint'), { write, when });
      await expect(depot.settle(toolsOn(book, client))).rejects.toThrow('the process died');
      expect(await depot.settle()).toBe(3 - write + (when === 'unsent' ? 1 : 0));
      expect({ write, end: await depot.outcome() }).toEqual({ write, end });
    }
  });
});

describe('what happens before a loss is written', () => {
  it.each<[string, (depot: PromisedDepot) => Promise<unknown>, 'third' | 'last', string[], number]>([
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
  ])('%s: all is looked at again, and nobody loses more than they must', async (_what, act, whose, amounts, free) => {
    const depot = await opened(38);
    const { client, watch } = watchedClient(inject('endpoint'));
    let times = 0;
    watch({ before: ({ says }) => (says.includes(depot[whose]) && ++times === 1 ? act(depot) : undefined) });
    await depot.settle(toolsOn(book, client));
    expect([times > 0, (await depot.row())?.free]).toEqual([true, free]);
    expect(await depot.settle()).toBe(free < 0 ? 1 : 0);
    expect((await depot.stand()).slice(0, 4).map((one) => one.split(' ')[1])).toEqual(amounts);
    expect((await depot.row())?.free).toBe(0);
    await addsUp(book.admin, depot.depot, depot.all);
  });
});

it('a queue that lags behind its requests misleads nobody: what it says of those who moved is left to the next look', async () => {
  const depot = await opened(38);
  const { client, catchUp } = laggingClient(inject('endpoint'));
  const tools = toolsOn(book, client);
  await tools.requests.queue(depot.depot, undefined, 'reserved');
  await kit.issue(depot.last, 6);
  expect(await depot.settle(tools)).toBe(0);
  catchUp();
  expect(await depot.settle(tools)).toBe(3);
  expect((await depot.stand()).slice(0, 4)).toEqual(['approved 30-0', 'issued 11-5', 'submitted 0-0', 'issued 6-6']);
  await addsUp(book.admin, depot.depot, depot.all);
});

it('nothing is lost where nothing is missing; and where more is missing than is reserved, no more than that', async () => {
  const enough = await opened(0);
  const before = await enough.outcome();
  expect([await enough.settle(), await enough.outcome()]).toEqual([0, before]);
  const bare = await opened(185);
  expect([await bare.settle(), await bare.settle()]).toEqual([4, 0]);
  expect(await bare.stand()).toEqual(['submitted 0-0', 'issued 5-5', 'submitted 0-0', 'approved 0-0', 'submitted 0-0']);
  expect(await bare.row()).toMatchObject({ onHand: -105, free: -105 });
  await addsUp(book.admin, bare.depot, bare.all);
});

it('who reserved last is found behind hundreds who asked before', async () => {
  const depot = await sharing.openDepot({ entitled: { P0199: 90 }, free: [200], asks: [['P0199', 1]] });
  const { request, ...asked } = await kit.find(depot.all[0]?.number ?? '');
  const at = (n: number) => instantOf(millisecondsOf(asked.submittedAt) + n);
  const lines = asked.lines.map((line) => ({ ...line, approved: 1 }));
  const held = Array.from({ length: 210 }, (_, n) =>
    MaterialRequest.parse({
      ...{ ...asked, lines, request: `${request.slice(0, 12)}${1_000 + n}`, state: 'approved', submittedAt: at(n) },
      history: [{ did: 'approve', at: at(n === 104 ? 999 : 0), by: 'kit' }],
    }),
  );
  await Promise.all(held.map((one) => sharing.plain.requests.submit(one, { kind: 'Q' } as never)));
  await depot.receive(-202);
  expect(await sharing.plain.settleReserved(depot.depot, depot.items[0] ?? ('' as never))).toBe(2);
  const some = [held[104], ...held.slice(-3)].map((one) => kit.find(one?.request ?? ''));
  const states = (await Promise.all(some)).map(({ state }) => state);
  expect(states).toEqual(['submitted', 'approved', 'approved', 'submitted']);
});

it.each([1, 2, 3, 4, 5])(
  'at random (%d): two settle at once in all kinds of trouble, and the latest have lost',
  async (seed) => {
    const random = seeded(seed);
    const upTo = (most: number) => Math.floor(random() * most) + 1;
    const held = Array.from({ length: 7 }, (_, n) => ({ who: `P010${n % 3}`, asked: upTo(30), hours: upTo(500) }));
    const depot = await sharing.openDepot({
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
    const settle = () => toolsOn(book, client).settleReserved(depot.depot, depot.items[0] ?? ('' as never));
    await Promise.all([settle(), settle()]);

    for (const [at, { asked }] of latest) {
      const loses = Math.min(missing, asked);
      missing -= loses;
      const { state, lines } = await kit.find(numbers[at] ?? '');
      expect([state, lines[0]?.approved]).toEqual([loses === asked ? 'submitted' : 'approved', asked - loses]);
    }
    const { stock } = await addsUp(book.admin, depot.depot, depot.all);
    expect(stock).toMatchObject([{ free: 0 }]);
  },
);

import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { expireReservations } from '../../functions/expire-reservations/expire-reservations.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { expectConsistentAllocation } from '../kit/allocation-check.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { competingDepots, DAY, storesOf } from '../kit/competing-depots.ts';
import { confirmationsAt, rightCode } from '../kit/confirmations.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import {
  type Death,
  FAULTS,
  faultyClient,
  inOrder,
  laggingClient,
  mortalClient,
  watchedClient,
} from '../kit/interceptor.ts';
import { workOff } from '../kit/jobs.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { reservationsBy } from '../kit/reservations.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let depot: Depot;
let asks: RequestDriver;
let depots: ReturnType<typeof competingDepots>;
let [producer, made] = ['', 0];

beforeAll(async () => {
  depot = await daysAgo(book.clock, 20, () => openDepot(book));
  await daysAgo(book.clock, 20, () => depot.receive('SIL-1', '400 kg'));
  depots = competingDepots(book);
});
beforeEach(async () => {
  producer = `P04${String(++made).padStart(2, '0')}`;
  await depot.producer(producer);
  asks = requestsAt(book, depot, producer);
});

describe('Reservations that nobody collected for 7 days', () => {
  it('An expired reservation becomes free stock and entitlement again, and the artisan is told.', async () => {
    await ago(9, async () => asks.cancel(await asks.reach.approved()));
    const before = await left();
    const number = await ago(7, asks.reach.approved);
    const reserved = await asks.read(number);
    expect(await left()).toMatchObject({ free: (before.free ?? 0) - 2_000, reserved: 2_000 });

    expect(await tend()).toEqual({
      job: 'expire-reservations',
      failed: 0,
      counts: { LocationsPlanned: 1, RequestsExpired: 1 },
    });

    expect(await left()).toEqual(before);
    const lapsed = await asks.read(number);
    expect(lapsed).toMatchObject({ state: 'lapsed', version: 3, lines: [{ asked: 2_000, approved: 0, issued: 0 }] });
    expect(lapsed.history).toEqual([
      ...reserved.history,
      {
        did: 'lapse',
        at: book.clock.now(),
        by: 'expire-reservations',
        lines: [{ item: BAMBOO, quantity: -2_000 }],
        told: { en: expect.stringMatching(/2 kg of .* 7 days/), hi: expect.stringMatching(/ 2 किग्रा .* 7 दिन /) },
      },
    ]);
    expect([await inQueue(number), outcomeOf(await asks.issue(number))]).toEqual([false, '409 REQUEST_STATE']);

    expect(await tend()).toMatchObject({ counts: { LocationsPlanned: 1 } });
    expect([await asks.read(number), await left()]).toEqual([lapsed, before]);
  });

  it('A reservation one millisecond short of 7 days stays.', async () => {
    const number = await ago(7, asks.reach.approved);
    book.clock.forward(-0.001);
    await tend();
    expect(await asks.read(number)).toMatchObject({ state: 'approved', version: 2 });
    book.clock.forward(0.001);
    await tend();
    expect((await asks.read(number)).state).toBe('lapsed');
  });

  it("A run's reservation expires the same way.", async () => {
    const number = await ago(7, async () => {
      const number = await asks.submitted();
      await workOff('allocate-materials', DEPOT, '2026-11-15');
      return number;
    });
    expect((await asks.read(number)).history.at(-1)).toMatchObject({ did: 'allocate', run: '2026-11-15' });
    await tend();
    expect((await asks.read(number)).state).toBe('lapsed');
  });

  it('After a partial issue only the rest expires; the issue stays and can be confirmed.', async () => {
    const before = await left();
    const number = await ago(7, asks.reach.issued);
    const { codeOf, resultOf } = await confirmationsAt(book, asks);
    const code = await codeOf(number);
    await tend();
    expect(await asks.read(number)).toMatchObject({ state: 'issued', lines: [{ approved: 500, issued: 500 }] });
    const drawn = { reserved: 0, drawn: 500, left: 119_500 };
    expect(await left()).toMatchObject({
      free: (before.free ?? 0) - 500,
      onHand: (before.onHand ?? 0) - 500,
      ...drawn,
    });
    expect([await inQueue(number), await codeOf(number), outcomeOf(await asks.issue(number))]).toEqual([
      true,
      code,
      '409 RESERVED_EXCEEDED',
    ]);
    expect([await resultOf(number, rightCode(code)), await inQueue(number)]).toEqual(['received', false]);
  });

  it('After a confirmed partial issue the rest expires, and the request leaves the queue.', async () => {
    const number = await ago(7, asks.reach.received);
    expect(await inQueue(number)).toBe(true);
    await tend();
    expect(await asks.read(number)).toMatchObject({ state: 'received', lines: [{ approved: 500, issued: 500 }] });
    expect([await inQueue(number), (await left()).reserved]).toEqual([false, 0]);
  });

  it('A partial issue restarts the 7 days; its confirmation does not.', async () => {
    const number = await ago(9, asks.reach.approved);
    await ago(6, async () => expectOk(await asks.issue(number, 500)));
    await tend();
    expect(await asks.read(number)).toMatchObject({ lines: [{ approved: 2_000 }], version: 3 });
    await ago(1, async () => expectOk(await asks.confirm(number)));
    book.clock.forward(24 * 3600);
    await workOff('expire-reservations', DEPOT);
    book.clock.forward(-24 * 3600);
    expect(await asks.read(number)).toMatchObject({ state: 'received', lines: [{ approved: 500 }] });
  });
});

describe('Requests past their needed-by day', () => {
  const neededBy = (day: string) => asks.submitted('2 kg', { neededBy: day });
  /** How it stands after the look at that time. */
  const at = async (time: string, number: string) => {
    const now = book.clock.now();
    book.clock.set(time);
    await workOff('expire-reservations', DEPOT);
    book.clock.set(now);
    return asks.read(number);
  };

  it('An overdue request closes and the artisan is told when and what to do; nothing else moves.', async () => {
    const before = await left();
    const number = await ago(2, () => neededBy('2026-11-21'));
    const waiting = await asks.read(number);
    expect(await inQueue(number)).toBe(true);

    expect(await tend()).toEqual({
      job: 'expire-reservations',
      failed: 0,
      counts: { LocationsPlanned: 1, RequestsExpired: 1 },
    });

    const lapsed = await asks.read(number);
    expect(lapsed).toEqual({
      ...waiting,
      state: 'lapsed',
      version: 2,
      history: [
        ...waiting.history,
        {
          did: 'lapse',
          at: book.clock.now(),
          by: 'expire-reservations',
          told: { en: expect.stringMatching(/by 21 November, .*ask again/), hi: expect.stringMatching(/ 21 नवंबर तक /) },
        },
      ],
    });
    expect([await inQueue(number), await left()]).toEqual([false, before]);
    expect([outcomeOf(await asks.approve(number)), outcomeOf(await asks.cancel(number))]).toEqual(
      Array(2).fill('409 REQUEST_STATE'),
    );
    expect(await tend()).toMatchObject({ counts: { LocationsPlanned: 1 } });
    expect(await asks.read(number)).toEqual(lapsed);
  });

  it('A request waits until midnight in India of its needed-by day, and no longer.', async () => {
    const number = await neededBy('2026-11-22');
    expect((await at('2026-11-22T18:29:59.999Z', number)).state).toBe('submitted');
    expect((await at('2026-11-22T18:30:00.000Z', number)).state).toBe('lapsed');
  });

  it('A request closes even after a run told it to wait.', async () => {
    const number = await neededBy('2026-11-22');
    const free = (await depot.row())?.free ?? 0;
    await depot.shortBy(0);
    await workOff('allocate-materials', DEPOT, '2026-11-22');
    const { state, history } = await at('2026-11-23T00:30:00Z', number);
    expect([state, history.map(({ did }) => did)]).toEqual(['lapsed', ['submit', 'wait', 'lapse']]);
    await depot.receive('SIL-9', free);
  });

  it('A request closes with its season, though it was needed later.', async () => {
    const number = await neededBy('2027-04-10');
    expect((await at('2027-03-31T18:29:59.999Z', number)).state).toBe('submitted');
    const { state, history } = await at('2027-03-31T18:30:00.000Z', number);
    expect([state, history.at(-1)?.told?.en]).toEqual([
      'lapsed',
      expect.stringMatching(/ in the season 2026-27, which is over; ask again/),
    ]);
  });
});

describe('Expiry at a depot with four makers, one of whom collected a part', () => {
  /**
   * Three of four reservations, of two materials, are 7 days old. One of two waiting ones lapsed
   * yesterday.
   */
  const opened = async () => {
    const shared = await depots.openDepot({
      entitled: { P0100: 90, P0101: 90 },
      free: [100, 100],
      asks: [
        ['P0100', 20, 5],
        ['P0101', 30],
        ['P0100', 9, 9],
        ['P0101', 40],
        ['P0101', 7],
        ['P0100', 6],
      ],
      neededBy: [...Array(4), '2026-11-21', '2026-11-22'],
    });
    const { reserve, issue, find } = reservationsBy(depots.plain);
    const [first = '', second = '', third = '', fresh = '', late = '', waits = ''] = shared.all.map(
      ({ number }) => number,
    );
    await ago(8, async () => reserve(first));
    await ago(8, async () => reserve(second));
    await ago(7, async () => issue(second, 10));
    await ago(7, async () => reserve(third));
    await reserve(fresh);
    const run = (tools = depots.plain) =>
      expireReservations(
        { job: 'expire-reservations', location: StockLocationId.parse(shared.depot), day: Day.parse(DAY) },
        tools,
      );
    const states = async () =>
      (await Promise.all([first, second, third, fresh, late, waits].map(find))).map(({ state }) => state);
    return { ...shared, numbers: { first, second, third, fresh, late }, tend: run, states };
  };
  let end: unknown;
  beforeAll(async () => {
    const [shared, untouched] = [await opened(), await opened()];
    await shared.tend();
    end = await shared.outcome();
    expect(await shared.states()).toEqual(['lapsed', 'issued', 'lapsed', 'approved', 'lapsed', 'submitted']);
    expect(await untouched.states()).toEqual(['approved', 'issued', 'approved', 'approved', 'submitted', 'submitted']);
    await expectConsistentAllocation(book.admin, shared.depot, shared.all);
    const rows = await depots.plain.stock.rows(shared.depot, shared.items);
    expect(shared.items.map((item) => rows.get(item))).toMatchObject([
      { onHand: 90, free: 50 },
      { onHand: 100, free: 100 },
    ]);
    const { history } = await reservationsBy(depots.plain).find(shared.numbers.first);
    expect(history.at(-1)?.told?.en).toMatch(/20 pieces? of .* and 5 pieces? of /);
  });

  it('Repeated and concurrent runs of expiry give the same result.', async () => {
    const shared = await opened();
    await Promise.all(Array.from({ length: 4 }, () => shared.tend()));
    expect(await shared.outcome()).toEqual(end);
    await shared.tend();
    expect(await shared.outcome()).toEqual(end);
  });

  it('Concurrent expiry with 30 % transaction conflicts gives the same result.', async () => {
    const { client, meet } = faultyClient(inject('endpoint'));
    const random = seededRandom(11).next;
    meet(() => (random() < 0.3 ? 'conflict' : 'none'));
    const shared = await opened();
    await Promise.all(Array.from({ length: 4 }, () => shared.tend(storesOf(book, client))));
    expect(await shared.outcome()).toEqual(end);
  });

  it.each(FAULTS)('Expiry whose write meets %s gives the same result.', async (fault) => {
    const { client, meet } = faultyClient(inject('endpoint'));
    meet(inOrder(['none', fault]));
    const shared = await opened();
    await shared.tend(storesOf(book, client));
    expect(await shared.outcome()).toEqual(end);
  });

  it.each(['unsent', 'unheard'] as const)(
    'Expiry that dies at any write (%s) leaves the rest to the next run.',
    async (when) => {
      for (const write of [1, 2, 3, 4]) {
        const shared = await opened();
        const death: Death = { write, when };
        const { client, hasDied } = mortalClient(inject('endpoint'), death);
        await expect(shared.tend(storesOf(book, client))).rejects.toThrow('the process died');
        expect(hasDied()).toBe(true);
        await shared.tend();
        expect({ write, end: await shared.outcome() }).toEqual({ write, end });
      }
    },
  );

  it('Expiry comes before a shortfall, so that valid reservations lose nothing to expired ones.', async () => {
    const shared = await opened();
    await shared.receive(-50); // 1 was free; 49 lapse
    await shared.tend();
    const { state, lines } = await reservationsBy(depots.plain).find(shared.numbers.fresh);
    expect([state, lines[0]?.approved]).toEqual(['approved', 40]);
    await expectConsistentAllocation(book.admin, shared.depot, shared.all);
  });

  it('A request that changed meanwhile stays as it is, and the others expire.', async () => {
    const shared = await opened();
    const { issue, find } = reservationsBy(depots.plain);
    const { client, watch } = watchedClient(inject('endpoint'));
    let times = 0;
    watch({
      before: async ({ says }) =>
        says.includes(shared.numbers.first) && ++times === 1 ? issue(shared.numbers.first, 7) : undefined,
    });
    await shared.tend(storesOf(book, client));
    expect(await shared.states()).toEqual(['issued', 'issued', 'lapsed', 'approved', 'lapsed', 'submitted']);
    expect(await find(shared.numbers.first)).toMatchObject({ lines: [{ approved: 20, issued: 7 }, { approved: 5 }] });
    await expectConsistentAllocation(book.admin, shared.depot, shared.all);
  });

  it('A request approved before it expires is served, even if the queue index lags.', async () => {
    const shared = await opened();
    await shared.receive(10);
    const { client } = laggingClient(inject('endpoint'));
    const tools = storesOf(book, client);
    await tools.requests.queue(shared.depot, undefined, 'waiting');
    await reservationsBy(depots.plain).reserve(shared.numbers.late);
    await shared.tend(tools);
    expect(await shared.states()).toEqual(['lapsed', 'issued', 'lapsed', 'approved', 'approved', 'submitted']);
    await expectConsistentAllocation(book.admin, shared.depot, shared.all);
  });
});

const tend = () => book.bahi.runJob('expire-reservations');

const ago = <T>(days: number, act: () => Promise<T>) => daysAgo(book.clock, days, act);

const left = async () => {
  const [row, account] = [await depot.row(), await depot.account(producer)];
  return { onHand: row?.onHand, free: row?.free, ...account, version: 0 };
};

const inQueue = async (number: string) =>
  expectOk(await book.admin.listRequests({ path: { depot: DEPOT } })).requests.some(
    ({ request }) => request === number,
  );

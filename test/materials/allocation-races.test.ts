import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { expectConsistentAllocation } from '../kit/allocation-check.ts';
import { useBook } from '../kit/book.ts';
import { type CompetingDepot, competingDepots, DAY, type Spec, storesOf } from '../kit/competing-depots.ts';
import { conflict, type Write, watchedClient } from '../kit/interceptor.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { outcomeOf } from '../kit/wire.ts';

const book = useBook();
let depots: ReturnType<typeof competingDepots>;
beforeAll(async () => {
  depots = competingDepots(book);
});

const move = async (
  name: 'cancel' | 'reject' | 'approve',
  { producer, number }: CompetingDepot['all'][number],
  depot: string,
) => {
  const path = { producer, number };
  const current = await book.admin.getRequest({ path });
  const ifMatch = current.ok ? current.body.version : 0;
  if (name === 'cancel') return book.admin.cancelRequest({ path, body: { why: 'bought elsewhere' }, ifMatch });
  const at = { path: { depot, number }, ifMatch };
  if (name === 'reject') return book.admin.rejectRequest({ ...at, body: { why: 'ask at Bareilly' } });
  return book.admin.approveRequest({ ...at, body: {} });
};

const LAST = 3;

const one = (depot: CompetingDepot, at: number) => {
  const found = depot.all[at];
  if (!found) throw new Error(`no request ${at}`);
  return found;
};

/** Competing changes, each with its answer. */
const MEANWHILE = {
  'is cancelled': async (depot: CompetingDepot) => outcomeOf(await move('cancel', one(depot, LAST), depot.depot)),
  'is rejected': async (depot: CompetingDepot) => outcomeOf(await move('reject', one(depot, LAST), depot.depot)),
  'is approved by hand': async (depot: CompetingDepot) => {
    await depot.receive(60);
    return outcomeOf(await move('approve', one(depot, LAST), depot.depot));
  },
  'has 195 of 200 reserved elsewhere': async (depot: CompetingDepot) => {
    await depot.receive(195);
    await depot.ask('P0303', 195);
    return outcomeOf(await move('approve', one(depot, LAST + 1), depot.depot));
  },
  'sees 50 come in': (depot: CompetingDepot) => depot.receive(50),
  'sees 30 go': (depot: CompetingDepot) => depot.receive(-30),
} as const;

describe('Around a write of a run', () => {
  it.each<[Meanwhile, Moment, answered: number | string | undefined, given: number]>([
    ['is cancelled', 'it begins', 200, 0],
    ['is cancelled', 'it gives', 200, 0],
    ['is cancelled', 'it gave', 200, 32],
    ['is cancelled', 'it ends', 200, 32],
    ['is rejected', 'it begins', 200, 0],
    ['is rejected', 'it gives', 200, 0],
    ['is rejected', 'it gave', '409 REQUEST_STATE', 32],
    ['is approved by hand', 'it begins', 200, 0],
    ['is approved by hand', 'it gives', 200, 0],
    ['is approved by hand', 'it gave', '409 REQUEST_STATE', 32],
    ['has 195 of 200 reserved elsewhere', 'it begins', 200, 5],
    ['has 195 of 200 reserved elsewhere', 'it gives', 200, 5],
    ['has 195 of 200 reserved elsewhere', 'it ends', '409 ENTITLEMENT_EXCEEDED', 32],
    ['sees 50 come in', 'it begins', undefined, 32],
    ['sees 50 come in', 'it ends', undefined, 32],
    // Reckoned again, with 60 in place of 90; once begun, it has taken what it gives.
    ['sees 30 go', 'it begins', undefined, 20],
    ['sees 30 go', 'it gives', undefined, 32],
    ['sees 30 go', 'it ends', undefined, 32],
  ])(
    'A request that %s when %s (answer %s) gets %i from the run, and all adds up.',
    async (what, moment, answered, given) => {
      const depot = await depots.openDepot(EXAMPLE);
      const { number } = one(depot, LAST);
      const { when, isIt } = MOMENTS[moment];
      let answer: unknown;
      await runWith(
        depot,
        when,
        (write) => isIt(write, number),
        async () => {
          answer = await MEANWHILE[what](depot);
        },
      );
      expect(answer).toBe(answered);
      const { runs, requests } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
      const [{ run, record } = { run: undefined, record: [] }] = runs;
      const others = run?.materials[0]?.free === 60 ? [20, 10, 10] : [32, 10, 16];
      expect(record.map((line) => line.given)).toEqual([...others, given]);
      const said = requests[LAST]?.history.find(({ did }) => did === 'allocate');
      expect(said?.lines?.[0]?.quantity ?? 0).toBe(given);
      if (given === 5)
        expect(said?.told?.en).toMatch(/^For you: 5 .* which is all that your passbook has left this season;/);
    },
  );
});

it('Stock approved by hand before the run begins is not shared, and the run is recomputed.', async () => {
  const depot = await depots.openDepot(EXAMPLE);
  await runWith(depot, 'before', MOMENTS['it begins'].isIt, () => move('approve', one(depot, 2), depot.depot));
  const { runs } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(runs[0]?.run).toMatchObject({ requests: 3, materials: [{ free: 65, taken: 65, returned: 0 }] });
});

it('A request with an emptied passbook waits, is told so, and its share is free again.', async () => {
  const depot = await depots.openDepot({ entitled: { P0310: 9 }, free: [50], asks: [['P0310', 9]] });
  const { number } = one(depot, 0);
  await runWith(
    depot,
    'before',
    (write) => MOMENTS['it gives'].isIt(write, number),
    async () => {
      await depot.ask('P0310', 9);
      return move('approve', one(depot, 1), depot.depot);
    },
  );
  const { requests, stock } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(requests.map(({ state }) => state)).toEqual(['submitted', 'approved']);
  expect(requests[0]?.history.at(-1)?.told?.en).toContain(
    'your passbook has none left this season, and an officer can grant more',
  );
  expect(stock[0]).toMatchObject({ onHand: 50, free: 41 });
});

it('Damage during a run is settled after it: nobody loses while it gives.', async () => {
  const depot = await depots.openDepot(EXAMPLE);
  const { number } = one(depot, LAST);
  const [item] = depot.items;
  if (!item) throw new Error('one material');
  let lost: number | undefined;
  await runWith(
    depot,
    'before',
    (write) => MOMENTS['it gives'].isIt(write, number),
    async () => {
      await depot.receive(-80);
      lost = await depots.plain.reduceReservations(depot.depot, item);
    },
  );
  expect(lost).toBe(0);
  const { runs } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(runs[0]?.record.map(({ given }) => given)).toEqual([32, 10, 16, 32]);
  expect(await depots.plain.reduceReservations(depot.depot, item)).toBe(4);
  const { stock, requests } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(stock[0]).toMatchObject({ onHand: 10, free: 0 });
  expect(requests.map(({ lines }) => lines[0]?.approved)).toEqual([10, 0, 0, 0]);
});

describe('A run that counters keep from beginning', () => {
  /** So often, one is taken right before it begins; each time takes it so many milliseconds. */
  const begins = async (
    depot: CompetingDepot,
    times: number,
    milliseconds = 0,
  ): Promise<{ tries: number; error: unknown }> => {
    const clock = hurriedClock();
    const { client, watch } = watchedClient(inject('endpoint'));
    let tries = 0;
    watch({
      before: async (write) => {
        if (!MOMENTS['it begins'].isIt(write)) return;
        clock.forward(milliseconds);
        if (++tries <= times) await depot.receive(-1);
      },
    });
    const error = await depot.run(DAY, storesOf(book, client)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    client.destroy();
    return { tries, error };
  };

  it('It tries ten times, however long each takes, and shares the stock of the last.', async () => {
    const depot = await depots.openDepot(EXAMPLE);
    expect(await begins(depot, 9, 2_000)).toEqual({ tries: 10, error: undefined });
    const { runs, stock } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
    expect(runs[0]?.run.materials).toMatchObject([{ free: 81, taken: 81 }]);
    expect(stock[0]).toMatchObject({ onHand: 81, free: 0 });
  });

  it('Then it is busy: nobody got anything, and its queue retries it.', async () => {
    const depot = await depots.openDepot(EXAMPLE);
    const { tries, error } = await begins(depot, 99);
    expect([tries, error]).toEqual([10, expect.any(UnavailableError)]);
    expect(await depot.states()).toEqual(Array(4).fill('submitted'));
    expect(await depots.plain.stock.row(depot.depot, depot.items[0] as ItemId)).toMatchObject({
      onHand: 80,
      free: 80,
    });
    await depot.run();
    const { runs } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
    expect(runs[0]?.run.materials).toMatchObject([{ free: 80, taken: 80 }]);
  });
});

it("Four requests are written at a time, which leaves the queue's index to the counters.", async () => {
  const asks = Array.from({ length: 40 }, () => ['P0320', 1] as const);
  const depot = await depots.openDepot({ entitled: { P0320: 90 }, free: [90], asks });
  const { client, watch } = watchedClient(inject('endpoint'));
  let [now, most] = [0, 0];
  watch({
    before: (write) => {
      if (isTransaction(write)) most = Math.max(most, ++now);
    },
    after: (write) => {
      if (isTransaction(write)) now--;
    },
  });
  await depot.run(DAY, storesOf(book, client));
  client.destroy();
  expect(most).toBe(4);
});

it.each([1, 2, 3])(
  '30 requests, counters, 30 % conflicts, lost answers and two processes add up (%i).',
  { tags: 'long' },
  async (seed) => {
    const random = seededRandom(seed).next;
    const entitled = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`P04${10 + n}`, 20 + Math.floor(random() * 60)]),
    );
    const ids = Object.keys(entitled);
    const some = (most: number) => Math.floor(random() * most);
    const asks = Array.from({ length: 30 }, () => [ids[some(12)] ?? '', 1 + some(40), some(30)] as const);
    const depot = await depots.openDepot({ entitled, free: [300, 90], asks });
    const counters = async () => {
      const request = one(depot, some(30));
      if (random() < 0.3) return depot.receive(some(60) - 20, some(2));
      return move((['cancel', 'reject', 'approve'] as const)[some(3)] ?? 'cancel', request, depot.depot);
    };
    /** As its queue would: again, until it is through. */
    const work = async () => {
      const { client, watch } = watchedClient(inject('endpoint'));
      watch({
        before: async (write) => {
          if (random() < 0.15) await counters();
          if (isTransaction(write) && random() < 0.3) throw conflict(write.actions);
        },
        after: () => {
          if (random() < 0.05) throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
        },
      });
      for (let tries = 0; tries < 40; tries++)
        if (
          await depot.run(DAY, storesOf(book, client)).then(
            () => true,
            () => false,
          )
        )
          return client.destroy();
      throw new Error('never through');
    };
    await Promise.all([work(), work()]);
    const { runs } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
    expect(runs[0]?.run.requests).toBeGreaterThan(20);
  },
);

/** Runs a process; `meanwhile` runs once, before the write that it waits for. */
const runWith = async (
  { run }: CompetingDepot,
  when: 'before' | 'after',
  isIt: (write: Write) => boolean,
  meanwhile: () => Promise<unknown>,
): Promise<void> => {
  const { client, watch } = watchedClient(inject('endpoint'));
  let [times, result] = [0, undefined as unknown];
  watch({
    [when]: async (write: Write) => {
      if (isIt(write) && times++ === 0) result = await meanwhile();
    },
  });
  await run(DAY, storesOf(book, client));
  client.destroy();
  expect(times, `never came to it; ${result}`).toBeGreaterThan(0);
};

/** The worked example; the last, who gets 32 of 60, is the one that is moved. */
const EXAMPLE: Spec = {
  entitled: { P0300: 200, P0301: 100, P0302: 100, P0303: 200 },
  free: [90],
  asks: [
    ['P0300', 40],
    ['P0301', 10],
    ['P0302', 25],
    ['P0303', 60],
  ],
};

const isTransaction = ({ says }: Write) => says.includes('TransactItems');

const MOMENTS = {
  'it begins': { when: 'before', isIt: (write: Write) => isTransaction(write) && write.says.includes('attempt') },
  'it gives': {
    when: 'before',
    isIt: (write: Write, number: string) => isTransaction(write) && write.says.includes(number),
  },
  'it gave': {
    when: 'after',
    isIt: (write: Write, number: string) => isTransaction(write) && write.says.includes(number),
  },
  'it ends': { when: 'before', isIt: (write: Write) => isTransaction(write) && write.says.includes('doneAt') },
} as const;

type Moment = keyof typeof MOMENTS;

type Meanwhile = keyof typeof MEANWHILE;

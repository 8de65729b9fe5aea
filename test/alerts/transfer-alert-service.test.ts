import { beforeEach, describe, expect, inject, it } from 'vitest';
import { useBook } from '../kit/book.ts';
import { START as NOW } from '../kit/clock.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { type Watch, watchedClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { dispatched, lastFrom, openShop, received, receivedFrom, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';

const A = 'LKO-KURTA-01';
const DAY = 24 * 3_600_000;
const { client, watch } = watchedClient(inject('endpoint'));
let [from, to]: Shop[] = [];
const book = useBook({ client });

const at = (days: number, milliseconds = 0) => book.clock.set(new Date(NOW + days * DAY + milliseconds).toISOString());
const open = () => openShop(book, [0], 30);
beforeEach(async () => {
  watch({});
  at(0);
  [from, to] = [await open(), await open()];
  at(-20);
  await recordLive(from, received({ item: A, quantity: 50 }));
});

describe('Transfer mismatch alerts', () => {
  it.each([
    ['missing', { quantity: 4 }, { rejected: 0, missing: 2 }],
    ['rejected', { quantity: 5, rejected: 1 }, { rejected: 1, missing: 0 }],
    ['too much', { quantity: 7 }, { rejected: 0, missing: -1 }],
  ])('A mismatch alert opens at once at the receiving location: %s.', async (_what, came, differs) => {
    const { number, claim } = await send();
    const receipt = await recordLive(shops().to, lastFrom(number, { item: A, ...came }));
    expect(await exceptionAlertsIn(book.admin, { location: shops().to.location })).toMatchObject([
      {
        type: 'mismatch',
        about: number,
        state: 'open',
        episode: 1,
        district: 'LKO',
        sourceVersion: 2,
        openedAt: book.clock.now(),
        figures: {
          state: 'closed',
          sent: { from: shops().from.location, to: shops().to.location, at: claim.occurredAt },
          receipts: [{ receipt: receipt.number, by: shops().to.location }],
          differs: [{ item: A, ...differs }],
        },
      },
    ]);
    expect(await lives(shops().from)).toEqual([]);
    await phoneOf(shops().to).live(receipt);
    for (let times = 0; times < 2; times++) await sweep(shops().to.location);
    expect(await lives()).toEqual(['mismatch open 1']);
  });

  it('Goods received at another location than planned open a mismatch alert.', async () => {
    const elsewhere = await open();
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    await recordLive(elsewhere, receivedFrom(sent.number, { item: A, quantity: 6 }));
    expect(await syncAt(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    for (const shop of [elsewhere, shops().from, shops().to]) expect(await lives(shop)).toEqual(['mismatch open 1']);
  });

  it('Where the receipt came first, its dispatch opens the mismatch alert.', async () => {
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    await receive(sent.number, 5);
    expect(await lives()).toEqual([]);
    expect(await syncAt(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    expect(await lives()).toEqual(['mismatch open 1']);
  });

  it('A transfer received as it was sent opens no alert.', async () => {
    await receive((await send()).number, 6);
    await sweep(shops().to.location);
    expect(await lives()).toEqual([]);
  });

  it('A mismatch is resolved once the sender has taken back all missing goods.', async () => {
    const { number } = await send();
    await receive(number, 4);
    await recordLive(shops().from, tookBack(number, line(1)));
    expect(await exceptionAlertsIn(book.admin, { location: shops().to.location })).toMatchObject([
      { state: 'open', figures: { differs: [{ missing: 1 }] } },
    ]);
    await recordLive(shops().from, tookBack(number, line(1)));
    expect(await lives()).toEqual(['mismatch resolved 1']);
  });

  it('Reversing the receipt resolves the mismatch; the next receipt may open another.', async () => {
    const { number } = await send();
    const first = await receive(number, 4);
    await recordLive(shops().to, tookBack(first.number, line(4)));
    expect(await lives()).toEqual(['mismatch resolved 1']);
    const second = await receive(number, 5);
    expect(await lives()).toEqual(['mismatch open 2']);
    await recordLive(shops().to, tookBack(second.number, line(5)));
    await receive(number, 6);
    await sweep(shops().to.location);
    expect(await lives()).toEqual(['mismatch resolved 2']);
  });
});

describe('Overdue transfer alerts', () => {
  it('The sweep opens the alert after seven days in transit; the receipt resolves it.', async () => {
    const { number } = await send();
    at(-13);
    await sweep(shops().to.location);
    expect(await lives()).toEqual([]);
    at(-13, 1_000);
    for (let times = 0; times < 2; times++) await sweep(shops().to.location);
    expect(await exceptionAlertsIn(book.admin, { location: shops().to.location })).toMatchObject([
      { type: 'overdue', about: number, state: 'open', episode: 1, sourceVersion: 1, figures: { state: 'open' } },
    ]);
    expect(await lives(shops().from)).toEqual([]);
    await receive(number, 6);
    expect(await lives()).toEqual(['overdue resolved 1']);
    await sweep(shops().to.location);
    expect(await lives()).toEqual(['overdue resolved 1']);
  });

  it('Taking back all goods resolves the alert; reversing the receipt opens it again.', async () => {
    const { number } = await send();
    const receipt = await receive(number, 6);
    at(-5);
    await recordLive(shops().to, tookBack(receipt.number, line(6)));
    expect(await lives()).toEqual(['overdue open 1']);
    await recordLive(shops().from, tookBack(number, line(5)));
    expect(await lives()).toEqual(['overdue open 1']);
    await recordLive(shops().from, tookBack(number, line(1)));
    expect(await lives()).toEqual(['overdue resolved 1']);
  });

  it('A receipt whose dispatch never came is overdue where it was received.', async () => {
    const elsewhere = await open();
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    await recordLive(elsewhere, lastFrom(sent.number, { item: A, quantity: 6 }));
    at(-12);
    await sweep(elsewhere.location);
    expect(await lives(elsewhere)).toEqual(['overdue open 1']);
    expect(await syncAt(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    expect((await lives(elsewhere)).toSorted()).toEqual(['mismatch open 1', 'overdue resolved 1']);
    expect(await lives()).toEqual(['mismatch open 1']);
  });

  it('A partly received dispatch stays overdue until the rest comes.', async () => {
    const { number } = await send();
    await recordLive(shops().to, receivedFrom(number, { item: A, quantity: 4 }));
    at(-13, 1_000);
    await sweep(shops().to.location);
    expect(await lives()).toEqual(['overdue open 1']);
    await recordLive(shops().to, receivedFrom(number, { item: A, quantity: 1 }));
    expect(await lives()).toEqual(['overdue open 1']);
    await recordLive(shops().to, receivedFrom(number, { item: A, quantity: 1 }));
    expect(await lives()).toEqual(['overdue resolved 1']);
  });

  it('A dispatch that is synced too late is overdue at once.', async () => {
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    at(-10);
    expect(await syncAt(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    expect(await lives()).toEqual(['overdue open 1']);
  });
});

/** Something happens right before, or right after, the next write that says this; once. */
const atNext = (says: string, when: 'before' | 'after', act: () => unknown): void => {
  let waits = true;
  const once: Watch['before'] = (write) => {
    if (!waits || !write.says.includes(says)) return undefined;
    waits = false;
    return act();
  };
  watch({ [when]: once });
};

const die = () => {
  throw new Error('the process died');
};

describe('Process death after the receipt is recorded', () => {
  it.each([
    ['-Alerts"', 'before', []],
    ['-Alerts"', 'after', ['mismatch open 1']],
    ['REMOVE unsaidAt', 'before', ['mismatch open 1']],
    ['REMOVE unsaidAt', 'after', ['mismatch open 1']],
  ] as const)(
    'If the process dies at %s, %s the write, the sweep opens the alert once.',
    async (says, when, standing) => {
      const { number } = await send();
      const receipt = phoneOf(shops().to).write(lastFrom(number, { item: A, quantity: 4 }));
      atNext(says, when, die);
      expect((await phoneOf(shops().to).live(receipt)).status).toBe(500);
      expect(await lives()).toEqual(standing);
      expect((await phoneOf(shops().to).live(receipt)).status).toBe(200);
      const writes: string[] = [];
      watch({ before: (write) => writes.push(write.says) });
      for (let times = 0; times < 2; times++) await sweep(shops().to.location);
      expect(await lives()).toEqual(['mismatch open 1']);
      const said = writes.filter((write) => write.includes('REMOVE unsaidAt'));
      expect(said, 'what is said is not looked for again').toHaveLength(
        says === '-Alerts"' || when === 'before' ? 1 : 0,
      );
    },
  );

  it.each(['before', 'after'] as const)(
    'If the process dies %s the write, the sweep resolves the alert.',
    async (when) => {
      const { number } = await send();
      const receipt = await receive(number, 4);
      atNext('-Alerts"', when, die);
      const back = phoneOf(shops().to).write(tookBack(receipt.number, line(4)));
      expect((await phoneOf(shops().to).live(back)).status).toBe(500);
      for (let times = 0; times < 2; times++) await sweep(shops().to.location);
      expect(await lives()).toEqual(['mismatch resolved 1']);
    },
  );
});

it('A receipt is recorded while alerts cannot be written, and the sweep opens them.', async () => {
  const { number } = await send();
  const clock = hurriedClock();
  const throttled = () => {
    clock.forward(1_000);
    throw Object.assign(new Error('injected'), { name: 'ThrottlingException' });
  };
  watch({ before: ({ says }) => (says.includes('-Alerts"') ? throttled() : undefined) });
  await receive(number, 4);
  watch({});
  expect(await lives()).toEqual([]);
  await sweep(shops().to.location);
  expect(await lives()).toEqual(['mismatch open 1']);
});

it('An alert opened for goods that were taken back meanwhile is resolved.', async () => {
  const { number } = await send();
  const receipt = phoneOf(shops().to).write(lastFrom(number, { item: A, quantity: 4 }));
  atNext('-Alerts"', 'before', () => recordLive(shops().to, tookBack(receipt.number, line(4))));
  expect((await phoneOf(shops().to).live(receipt)).status).toBe(201);
  expect(await lives()).toEqual(['mismatch resolved 1']);
});

const shops = () => {
  if (!from || !to) throw new Error('there are two shops');
  return { from, to };
};

const lives = (shop: Shop = shops().to) => exceptionAlertStates(book.admin, { location: shop.location });

const send = (quantity = 6) => recordLive(shops().from, dispatched(shops().to.location, { item: A, quantity }));

const receive = (dispatch: string, quantity: number, more = {}) =>
  recordLive(shops().to, lastFrom(dispatch, { item: A, quantity, ...more }));

const line = (quantity: number) => ({ line: 1, item: A, quantity });

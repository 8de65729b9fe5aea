import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Book, openBook } from '../kit/book.ts';
import { START as NOW } from '../kit/clock.ts';
import { sweep } from '../kit/jobs.ts';
import { livesIn, mattersIn } from '../kit/matters.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { dispatched, lastFrom, openShop, received, receivedFrom, type Shop, tookBack } from '../kit/shop.ts';
import { bring, phoneOf, tell } from '../kit/telling.ts';
import { type Watch, watchedClient } from '../kit/watched.ts';

const A = 'LKO-KURTA-01';
const DAY = 24 * 3_600_000;
const { client, watch } = watchedClient(inject('endpoint'));
let book: Book;
let [from, to]: Shop[] = [];
beforeAll(async () => {
  book = await openBook({ client });
});
afterAll(() => book.close());

const shops = () => {
  if (!from || !to) throw new Error('there are two shops');
  return { from, to };
};

const at = (days: number, milliseconds = 0) => book.clock.set(new Date(NOW + days * DAY + milliseconds).toISOString());
const open = () => openShop(book, [0], 30);
beforeEach(async () => {
  watch({});
  at(0);
  [from, to] = [await open(), await open()];
  at(-20);
  await tell(from, received({ item: A, quantity: 50 }));
});

const lives = (shop: Shop = shops().to) => livesIn(book.admin, { location: shop.location });
const send = (quantity = 6) => tell(shops().from, dispatched(shops().to.location, { item: A, quantity }));
const receive = (dispatch: string, quantity: number, more = {}) =>
  tell(shops().to, lastFrom(dispatch, { item: A, quantity, ...more }));
const line = (quantity: number) => ({ line: 1, item: A, quantity });

describe('a mismatch', () => {
  it.each([
    ['missing', { quantity: 4 }, { rejected: 0, missing: 2 }],
    ['rejected', { quantity: 5, rejected: 1 }, { rejected: 1, missing: 0 }],
    ['too much', { quantity: 7 }, { rejected: 0, missing: -1 }],
  ])('is said at once where it was received: what is %s', async (_what, came, differs) => {
    const { number, claim } = await send();
    const receipt = await tell(shops().to, lastFrom(number, { item: A, ...came }));
    expect(await mattersIn(book.admin, { location: shops().to.location })).toMatchObject([
      {
        ...{ type: 'mismatch', about: number, state: 'open', episode: 1, district: 'LKO', sourceVersion: 2 },
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

  it('is that it came elsewhere', async () => {
    const elsewhere = await open();
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    await tell(elsewhere, receivedFrom(sent.number, { item: A, quantity: 6 }));
    expect(await bring(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    for (const shop of [elsewhere, shops().from, shops().to]) expect(await lives(shop)).toEqual(['mismatch open 1']);
  });

  it('is said by the dispatch, where its receipt came before it', async () => {
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    await receive(sent.number, 5);
    expect(await lives()).toEqual([]);
    expect(await bring(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    expect(await lives()).toEqual(['mismatch open 1']);
  });

  it('is none where all came as it was sent', async () => {
    await receive((await send()).number, 6);
    await sweep(shops().to.location);
    expect(await lives()).toEqual([]);
  });

  it('is resolved when the sender takes back what was missing, and not before all of it', async () => {
    const { number } = await send();
    await receive(number, 4);
    await tell(shops().from, tookBack(number, line(1)));
    expect(await mattersIn(book.admin, { location: shops().to.location })).toMatchObject([
      { state: 'open', figures: { differs: [{ missing: 1 }] } },
    ]);
    await tell(shops().from, tookBack(number, line(1)));
    expect(await lives()).toEqual(['mismatch resolved 1']);
  });

  it('is resolved when its receipt was a mistake; the next may be one too', async () => {
    const { number } = await send();
    const first = await receive(number, 4);
    await tell(shops().to, tookBack(first.number, line(4)));
    expect(await lives()).toEqual(['mismatch resolved 1']);
    const second = await receive(number, 5);
    expect(await lives()).toEqual(['mismatch open 2']);
    await tell(shops().to, tookBack(second.number, line(5)));
    await receive(number, 6);
    await sweep(shops().to.location);
    expect(await lives()).toEqual(['mismatch resolved 2']);
  });
});

describe('what is overdue', () => {
  it('is said by the sweep when seven days have passed, and resolved by its receipt', async () => {
    const { number } = await send();
    at(-13);
    await sweep(shops().to.location);
    expect(await lives()).toEqual([]);
    at(-13, 1);
    for (let times = 0; times < 2; times++) await sweep(shops().to.location);
    expect(await mattersIn(book.admin, { location: shops().to.location })).toMatchObject([
      { type: 'overdue', about: number, state: 'open', episode: 1, sourceVersion: 1, figures: { state: 'open' } },
    ]);
    expect(await lives(shops().from)).toEqual([]);
    await receive(number, 6);
    expect(await lives()).toEqual(['overdue resolved 1']);
    await sweep(shops().to.location);
    expect(await lives()).toEqual(['overdue resolved 1']);
  });

  it('is no longer, once the sender took all of it back; and again, when its receipt was taken back', async () => {
    const { number } = await send();
    const receipt = await receive(number, 6);
    at(-5);
    await tell(shops().to, tookBack(receipt.number, line(6)));
    expect(await lives()).toEqual(['overdue open 1']);
    await tell(shops().from, tookBack(number, line(5)));
    expect(await lives()).toEqual(['overdue open 1']);
    await tell(shops().from, tookBack(number, line(1)));
    expect(await lives()).toEqual(['overdue resolved 1']);
  });

  it('may be a dispatch of which only the receipt came in: where it was received, until it comes', async () => {
    const elsewhere = await open();
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    await tell(elsewhere, lastFrom(sent.number, { item: A, quantity: 6 }));
    at(-12);
    await sweep(elsewhere.location);
    expect(await lives(elsewhere)).toEqual(['overdue open 1']);
    expect(await bring(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
    expect((await lives(elsewhere)).toSorted()).toEqual(['mismatch open 1', 'overdue resolved 1']);
    expect(await lives()).toEqual(['mismatch open 1']);
  });

  it('goes on for the rest of a dispatch that came in part, until that comes too', async () => {
    const { number } = await send();
    await tell(shops().to, receivedFrom(number, { item: A, quantity: 4 }));
    at(-13, 1);
    await sweep(shops().to.location);
    expect(await lives()).toEqual(['overdue open 1']);
    await tell(shops().to, receivedFrom(number, { item: A, quantity: 1 }));
    expect(await lives()).toEqual(['overdue open 1']);
    await tell(shops().to, receivedFrom(number, { item: A, quantity: 1 }));
    expect(await lives()).toEqual(['overdue resolved 1']);
  });

  it('is said at once of a dispatch that is brought so late', async () => {
    const sent = phoneOf(shops().from).write(dispatched(shops().to.location, { item: A, quantity: 6 }));
    at(-10);
    expect(await bring(shops().from, sent)).toMatchObject([{ outcome: 'recorded' }]);
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

describe('when the process dies after the receipt is in the book,', () => {
  it.each([
    ['-Alerts"', 'before', []],
    ['-Alerts"', 'after', ['mismatch open 1']],
    ['REMOVE unsaidAt', 'before', ['mismatch open 1']],
    ['REMOVE unsaidAt', 'after', ['mismatch open 1']],
  ] as const)('at %s, %s it is written, the sweep says it once', async (says, when, standing) => {
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
    expect(said, 'what is said is not looked for again').toHaveLength(says === '-Alerts"' || when === 'before' ? 1 : 0);
  });

  it.each(['before', 'after'] as const)('what it resolves is (%s the write) by the sweep', async (when) => {
    const { number } = await send();
    const receipt = await receive(number, 4);
    atNext('-Alerts"', when, die);
    const back = phoneOf(shops().to).write(tookBack(receipt.number, line(4)));
    expect((await phoneOf(shops().to).live(back)).status).toBe(500);
    for (let times = 0; times < 2; times++) await sweep(shops().to.location);
    expect(await lives()).toEqual(['mismatch resolved 1']);
  });
});

it('what cannot be said for now is recorded, and the sweep says it', async () => {
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

it('who says what was taken back meanwhile resolves it: there was nothing to resolve before', async () => {
  const { number } = await send();
  const receipt = phoneOf(shops().to).write(lastFrom(number, { item: A, quantity: 4 }));
  atNext('-Alerts"', 'before', () => tell(shops().to, tookBack(receipt.number, line(4))));
  expect((await phoneOf(shops().to).live(receipt)).status).toBe(201);
  expect(await lives()).toEqual(['mismatch resolved 1']);
});

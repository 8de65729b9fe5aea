import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { evaluateStockRecords, stockRecordOf, sweep } from '../kit/jobs.ts';
import { openStall, type Stall } from '../kit/stall.ts';

// The reorder point of every kurta is 3.
let book: Book;
let stall: Stall;
const left = kurtas(45);
/** An item that no test before has touched. */
const fresh = (): string => {
  const item = left.shift();
  if (!item) throw new Error('no kurta is left');
  return item;
};

const alertsOf = async (item: string) => (await stall.alerts()).filter((alert) => alert.item === item);

describe('Stock alerts from the stream alone', () => {
  beforeAll(async () => {
    book = await openBook({ streams: true });
    stall = await openStall(book, 'LKO-01', 'LKO1');
  });
  afterAll(() => book.close());

  it('A fall to the reorder point opens one alert, a receipt resolves it, the next fall is episode 2.', async () => {
    const item = fresh();
    const steps = [
      { move: () => stall.receive({ item, quantity: 5 }), after: [] },
      { move: () => stall.sell({ item, quantity: 2 }), after: [{ state: 'open', episode: 1, onHand: 3 }] },
      { move: () => stall.sell({ item, quantity: 1 }), after: [{ state: 'open', episode: 1, onHand: 2 }] },
      { move: () => stall.receive({ item, quantity: 2 }), after: [{ state: 'resolved', episode: 1, onHand: 4 }] },
      { move: () => stall.receive({ item, quantity: 1 }), after: [{ state: 'resolved', episode: 1, onHand: 4 }] },
      {
        move: () => stall.sell({ item, quantity: 5 }),
        after: [
          { type: 'out', state: 'open', episode: 1, onHand: 0 },
          { state: 'open', episode: 2, onHand: 0 },
        ],
      },
    ];
    for (const { move, after } of steps) {
      await move();
      await book.bahi.drainStream();
      expect(await alertsOf(item)).toEqual(after.map((alert) => ({ item, type: 'short', ...alert })));
    }
  });

  it('Goods in hand sold below zero open a discrepancy, which the receipt resolves.', async () => {
    const item = fresh();
    await stall.receive({ item, quantity: 1 });
    await stall.sellFromHand({ item, quantity: 2 });
    await book.bahi.drainStream();
    expect(await alertsOf(item)).toEqual([
      { item, type: 'discrepancy', state: 'open', episode: 1, onHand: -1 },
      { item, type: 'short', state: 'open', episode: 1, onHand: -1 },
    ]);

    await stall.receive({ item, quantity: 2 });
    await book.bahi.drainStream();
    expect(await alertsOf(item)).toEqual([
      { item, type: 'short', state: 'open', episode: 1, onHand: 1 },
      { item, type: 'discrepancy', state: 'resolved', episode: 1, onHand: 1 },
    ]);
  });

  it('Repeated, late or reordered records open no second alert and reopen none.', async () => {
    const item = fresh();
    const rows = [];
    for (const move of [() => stall.receive({ item, quantity: 5 }), () => stall.sell({ item, quantity: 3 })]) {
      await move();
      rows.push(await stall.row(item));
    }
    const [full, low] = rows as [(typeof rows)[0], (typeof rows)[0]];
    await evaluateStockRecords([stockRecordOf(full, low), stockRecordOf(undefined, full), stockRecordOf(full, low)]);
    await evaluateStockRecords([stockRecordOf(full, low)]);
    expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'open', episode: 1, onHand: 2 }]);

    await stall.receive({ item, quantity: 5 });
    const again = await stall.row(item);
    const resolved = [{ item, type: 'short', state: 'resolved', episode: 1, onHand: 7 }];
    await evaluateStockRecords([stockRecordOf(low, again)]);
    expect(await alertsOf(item)).toEqual(resolved);
    await evaluateStockRecords([
      stockRecordOf(low, again),
      stockRecordOf(full, low),
      stockRecordOf(undefined, full),
      stockRecordOf(full, low),
    ]);
    await book.bahi.drainStream();
    expect(await alertsOf(item)).toEqual(resolved);
  });
});

describe('Stock alerts from the hourly sweep alone', () => {
  beforeAll(async () => {
    book = await openBook();
    stall = await openStall(book, 'LKO-01', 'LKO1');
  });
  afterAll(() => book.close());

  it('The sweep opens, refreshes and resolves what the stream missed; a second sweep changes nothing.', async () => {
    const item = fresh();
    await stall.receive({ item, quantity: 2 });
    expect(await book.bahi.runJob('sweep-alerts')).toMatchObject({
      counts: { AlertsOpened: 1, LocationsSwept: 4 },
      failed: 0,
    });
    expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'open', episode: 1, onHand: 2 }]);
    await stall.sell({ item, quantity: 1 });
    expect((await book.bahi.runJob('sweep-alerts')).counts).toMatchObject({ AlertsRefreshed: 1 });
    await stall.receive({ item, quantity: 9 });
    expect((await book.bahi.runJob('sweep-alerts')).counts).toMatchObject({ AlertsResolved: 1 });
    expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'resolved', episode: 1, onHand: 10 }]);
    expect((await book.bahi.runJob('sweep-alerts')).counts).toEqual({
      LocationsPlanned: 4,
      LocationsSwept: 4,
      AreasPlanned: 3,
      AreasSwept: 3,
    });
  });

  it('A changed reorder point opens and resolves alerts while the stock stays the same.', async () => {
    const item = fresh();
    await stall.receive({ item, quantity: 10 });
    const setPoint = async (reorderPoint: number) => {
      const path = { kind: 'items' as const, id: item };
      const { entry, version } = expectOk(await book.admin.getEntry({ path }));
      expectOk(await book.admin.putEntry({ path, body: { ...entry, reorderPoint }, ifMatch: version }));
      await sweep('LKO-01');
    };
    await setPoint(10);
    expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'open', episode: 1, onHand: 10 }]);
    await setPoint(9);
    expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'resolved', episode: 1, onHand: 10 }]);
  });

  it('Many concurrent sweeps and records make one alert with one episode.', async () => {
    const item = fresh();
    await stall.receive({ item, quantity: 2 });
    const news = [stockRecordOf(undefined, await stall.row(item))];
    await Promise.all(Array.from({ length: 30 }, (_, n) => (n % 2 ? evaluateStockRecords(news) : sweep('LKO-01'))));
    expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'open', episode: 1, onHand: 2 }]);
  });

  it('While stock changes under the stream and the sweep, the alert ends as the stock stands.', {
    tags: 'long',
  }, async () => {
    const item = fresh();
    const random = seededRandom(3).next;
    const looking: Promise<void>[] = [];
    let before: Awaited<ReturnType<Stall['row']>> | undefined;
    for (let move = 0; move < 30; move++) {
      const [quantity, gives] = [1 + Math.floor(random() * 5), random() < 0.5 || !before];
      await (gives ? stall.receive({ item, quantity }) : stall.sellFromHand({ item, quantity }));
      const after = await stall.row(item);
      looking.push(evaluateStockRecords([stockRecordOf(before, after)]), ...(random() < 0.3 ? [sweep('LKO-01')] : []));
      before = after;
    }
    await Promise.all(looking);
    const { onHand } = await stall.row(item);
    const open = (await alertsOf(item)).filter(({ state }) => state === 'open').map(({ type }) => type);
    expect(open).toEqual([...(onHand < 0 ? ['discrepancy'] : []), ...(onHand <= 3 ? ['short'] : [])]);
  });
});

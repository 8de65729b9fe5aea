import { beforeAll, expect, inject, it } from 'vitest';
import { isStockAlert } from '../../shared/alerts/alert.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { interposedClient } from '../kit/interceptor.ts';
import { evaluateStockRecords, stockRecordOf, sweep } from '../kit/jobs.ts';
import { openStall, type Stall } from '../kit/stall.ts';

// The reorder point of every kurta is 3.
const { client, beforeNextAlert } = interposedClient(inject('endpoint'));
let stall: Stall;

const book = useBook({ client });
beforeAll(async () => {
  stall = await openStall(book, 'LKO-01', 'LKO1');
});

const alertsOf = async (item: string) => (await stall.alerts()).filter((alert) => alert.item === item);

/** Stock moves, and evaluate-stock hears of it at once. */
const moved = async (item: string, move: () => Promise<unknown>): Promise<void> => {
  const before = await stall.row(item);
  await move();
  await evaluateStockRecords([stockRecordOf(before, await stall.row(item))]);
};

it('A late write of an evaluation of older stock does not reopen a resolved alert.', async () => {
  const [item = ''] = kurtas(1);
  await stall.receive({ item, quantity: 3 });
  await sweep('LKO-01');
  await stall.sell({ item, quantity: 1 });

  beforeNextAlert(() => moved(item, () => stall.receive({ item, quantity: 9 })));
  await sweep('LKO-01'); // refreshes by what it saw before the receipt

  expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'resolved', episode: 1, onHand: 11 }]);
});

it('An alert opened after the receipt that makes it needless is resolved at once.', async () => {
  const item = kurtas(2).at(-1) ?? '';
  await stall.receive({ item, quantity: 2 });

  beforeNextAlert(() => moved(item, () => stall.receive({ item, quantity: 9 })));
  await sweep('LKO-01');

  expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'resolved', episode: 1, onHand: 11 }]);
});

it('Two concurrent openings make one alert, with the newer figures.', async () => {
  const item = kurtas(3).at(-1) ?? '';
  await stall.receive({ item, quantity: 2 });

  beforeNextAlert(() => moved(item, () => stall.sell({ item, quantity: 1 })));
  await sweep('LKO-01');

  expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'open', episode: 1, onHand: 1 }]);
});

it('An older reorder point does not undo a newer one for the same stock.', async () => {
  const item = kurtas(4).at(-1) ?? '';
  await stall.receive({ item, quantity: 3 });
  const path = { kind: 'items' as const, id: item };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));

  beforeNextAlert(async () => {
    expectOk(await book.admin.putEntry({ path, body: { ...entry, reorderPoint: 5 }, ifMatch: version }));
    await sweep('LKO-01');
  });
  await sweep('LKO-01'); // opens by the point of 3, which is now 5

  const { alerts } = expectOk(await book.admin.listAlerts({ query: { location: 'LKO-01' } }));
  expect(alerts.filter(isStockAlert).find((alert) => alert.item === item)).toMatchObject({
    episode: 1,
    itemVersion: 2,
    figures: { reorderPoint: 5 },
  });
});

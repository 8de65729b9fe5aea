import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ESCALATION_HOURS } from '../../shared/alerts/alert-source.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { evaluateStockRecords, stockRecordOf, sweep } from '../kit/jobs.ts';
import { openStall, type Stall } from '../kit/stall.ts';

// The reorder point of every kurta is 3.
const location = 'LKO-01';
const left = kurtas(45);
const { outlet, district } = ESCALATION_HOURS.usual;
const book = useBook();
let stall: Stall;
let item: string;
beforeAll(async () => {
  stall = await openStall(book, location, 'LKO1');
});
beforeEach(async () => {
  item = left.pop() ?? '';
  await stall.receive({ item, quantity: 2 });
  await sweep(location);
});

it('An unacknowledged alert escalates to the district, then to the state, and no further.', async () => {
  expect(await hoursLater(outlet - 1)).toEqual(['open', 'outlet', 1]);
  expect(await hoursLater(outlet)).toEqual(['open', 'district', 2]);
  expect(await hoursLater(outlet + district - 1)).toEqual(['open', 'district', 2]);
  expect(await hoursLater(outlet + district)).toEqual(['open', 'state', 3]);
  expect((await found()).escalatedAt).toBe(inHours(outlet + district));
  expect(await hoursLater(2_000)).toEqual(['open', 'state', 3]);
  const query = { area: 'LKO', level: 'state' } as const;
  expect(expectOk(await book.admin.listAlerts({ query })).alerts.map(({ alert }) => alert)).toContain(path().alert);
});

it('An acknowledged alert does not escalate; a snoozed one starts anew when it wakes.', async () => {
  expectOk(await book.admin.acknowledgeAlert({ path: path(), body: {}, ifMatch: 1 }));
  expect(await hoursLater(1_000)).toEqual(['acknowledged', 'outlet', 2]);
  const body = { until: inHours(100), why: 'the weaver delivers then' };
  expectOk(await book.admin.snoozeAlert({ path: path(), body, ifMatch: 2 }));
  expect(await hoursLater(99)).toEqual(['snoozed', 'outlet', 3]);
  expect(await hoursLater(100)).toEqual(['open', 'outlet', 4]);
  expect(await hoursLater(100 + outlet)).toEqual(['open', 'district', 5]);
});

it('Concurrent sweeps and news escalate an alert once; the next episode starts at the lowest level.', async () => {
  const row = await stall.row(item);
  await stall.sell({ item, quantity: 1 });
  const news = [stockRecordOf(row, await stall.row(item))];
  book.clock.set(inHours(outlet));
  await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? evaluateStockRecords(news) : sweep(location))));
  expect(await found()).toMatchObject({ state: 'open', level: 'district', episode: 1, figures: { onHand: 1 } });
  book.clock.set(instantOf(START));
  await stall.receive({ item, quantity: 9 });
  await sweep(location);
  await stall.sell({ item, quantity: 9 });
  await sweep(location);
  const again = await found();
  expect(again).toMatchObject({ state: 'open', level: 'outlet', episode: 2 });
  expect(again).not.toHaveProperty('escalatedAt');
});

/** It is so many hours later, and the sweep passes. */
const hoursLater = async (hours: number) => {
  book.clock.set(instantOf(START + hours * 3_600_000));
  await sweep(location);
  const read = await found();
  book.clock.set(instantOf(START));
  return [read.state, read.level, read.version];
};

const found = async () => {
  const admin = await book.as('admin', 'state');
  const lists = await Promise.all(
    (['open', 'acknowledged', 'snoozed'] as const).map((state) => admin.listAlerts({ query: { location, state } })),
  );
  const alert = lists.flatMap((list) => expectOk(list).alerts).find(({ alert }) => alert === `${item}:short`);
  if (!alert) throw new Error('there is no alert');
  return alert;
};

const path = () => ({ location, alert: `${item}:short` });

const inHours = (hours: number) => instantOf(START + hours * 3_600_000);

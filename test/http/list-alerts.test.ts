import { beforeAll, expect, it } from 'vitest';
import { isStockAlert } from '../../shared/alerts/alert.ts';
import type { OperationRequest } from '../../shared/api/client.ts';
import type { Contract } from '../../shared/api/contract.ts';
import { instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { evaluateStockOf } from '../kit/jobs.ts';
import { openStall } from '../kit/stall.ts';

type Query = NonNullable<OperationRequest<Contract['listAlerts']>['query']>;

const book = useBook();

/**
 * Lucknow: 40 short at each of two stalls, 30 at the first below zero. Pilibhit: one. 5 resolved.
 */
beforeAll(async () => {
  const first = await openStall(book, 'LKO-01', 'LKO1');
  const second = await openStall(book, 'LKO-02', 'LKO1');
  const flutes = await openStall(book, 'PBE-01', 'PBT1');
  const all = (quantity: number, from = 0, to = 40) =>
    kurtas(to)
      .slice(from)
      .map((item) => ({ item, quantity }));
  await first.receive(...all(1));
  await first.sellFromHand(...all(2, 0, 30));
  await second.receive(...all(1));
  await second.receive(...all(1, 40, 45));
  await flutes.receive({ item: 'PBT-FLUTE-C', quantity: 1 });
  await evaluateStockOf('LKO-01', kurtas(40));
  await evaluateStockOf('LKO-02', kurtas(45));
  await book.bahi.runJob('sweep-alerts');
  await second.receive(...all(9, 40, 45));
  await book.bahi.runJob('sweep-alerts');
});

const pages = async (query: Query) => {
  const found = [];
  let cursor: string | undefined;
  do {
    const page = expectOk(await book.admin.listAlerts({ query: { ...query, cursor } }));
    found.push(page.alerts);
    cursor = page.cursor;
  } while (cursor);
  return found;
};

it.each<{ query: Query; count: number; pages: number }>([
  { query: {}, count: 111, pages: 2 },
  { query: { area: 'state' }, count: 111, pages: 2 },
  { query: { area: 'LKO' }, count: 110, pages: 2 },
  { query: { area: 'LKO', type: 'short' }, count: 80, pages: 1 },
  { query: { area: 'LKO', type: 'discrepancy' }, count: 30, pages: 1 },
  { query: { area: 'PBT' }, count: 1, pages: 1 },
  { query: { area: 'LKO', state: 'resolved' }, count: 5, pages: 1 },
  { query: { state: 'resolved' }, count: 5, pages: 1 },
  { query: { state: 'resolved', type: 'discrepancy' }, count: 0, pages: 1 },
  { query: { location: 'LKO-01' }, count: 70, pages: 1 },
  { query: { location: 'LKO-01', type: 'discrepancy' }, count: 30, pages: 1 },
  { query: { location: 'LKO-02', state: 'resolved' }, count: 5, pages: 1 },
  { query: { location: 'PBE-D1' }, count: 0, pages: 1 },
])('$query lists $count alerts on $pages pages, each once.', async ({ query, count, pages: expected }) => {
  const found = await pages(query);
  const alerts = found.flat();
  expect(
    new Set(alerts.map((alert) => `${alert.location} ${isStockAlert(alert) && alert.item} ${alert.type}`)).size,
  ).toBe(count);
  expect(alerts).toHaveLength(count);
  expect(found).toHaveLength(expected);
  const { area, location, state = 'open', type } = query;
  for (const alert of alerts)
    expect(alert).toMatchObject({
      state,
      ...(type && { type }),
      ...(location && { location }),
      ...(area && area !== 'state' && { district: area }),
    });
});

it('Only the last page may be empty.', async () => {
  for (const found of [await pages({}), await pages({ type: 'discrepancy' }), await pages({ location: 'LKO-01' })])
    for (const page of found.slice(0, -1)) expect(page.length).toBeGreaterThan(0);
});

it('Without an area or location, a caller gets the alerts of all that they look after.', async () => {
  const listed = async (role: Parameters<typeof book.as>[0], ...scopes: string[]) => {
    const client = await book.as(role, ...scopes);
    const found = [];
    let cursor: string | undefined;
    do {
      const page = expectOk(await client.listAlerts({ query: { ...(cursor && { cursor }) } }));
      found.push(...page.alerts.map(({ location, alert }) => `${location} ${alert}`));
      cursor = page.cursor;
    } while (cursor);
    expect(new Set(found).size).toBe(found.length);
    return found.length;
  };
  expect(await listed('outlet', 'location:LKO-01')).toBe(70);
  expect(await listed('outlet', 'location:LKO-01', 'location:PBE-01')).toBe(71);
  expect(await listed('officer', 'district:PBT')).toBe(1);
  expect(await listed('officer', 'district:PBT', 'district:LKO')).toBe(111);
  expect(await listed('officer', 'state')).toBe(111);
});

it('Counts agree with the lists, by district or location and by type.', async () => {
  const counts = async (area: string) => expectOk(await book.admin.countAlerts({ query: { area } })).counts;
  expect(await counts('state')).toEqual([
    { at: 'LKO', type: 'discrepancy', open: 30, unresolved: 30 },
    { at: 'LKO', type: 'short', open: 80, unresolved: 80 },
    { at: 'PBT', type: 'short', open: 1, unresolved: 1 },
  ]);
  expect(await counts('LKO')).toEqual([
    { at: 'LKO-01', type: 'discrepancy', open: 30, unresolved: 30 },
    { at: 'LKO-01', type: 'short', open: 40, unresolved: 40 },
    { at: 'LKO-02', type: 'short', open: 40, unresolved: 40 },
  ]);
});

it("The sentence of a stock alert begins with the item's name, in both languages.", async () => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: 'PBT-FLUTE-C' } }));
  const { name, nameHi } = entry as { name: string; nameHi: string };
  const [alert] = expectOk(await book.admin.listAlerts({ query: { location: 'PBE-01' } })).alerts;
  expect(alert?.says.en.startsWith(`${name}: `)).toBe(true);
  expect(alert?.says.hi.startsWith(`${nameHi}: `)).toBe(true);
});

it('An alert that someone has taken on, or put off, is unresolved and not open.', async () => {
  const open = expectOk(await book.admin.listAlerts({ query: { location: 'PBE-01' } })).alerts;
  const [alert] = open;
  if (!alert) throw new Error('PBE-01 has no alert.');
  const path = { location: 'PBE-01', alert: alert.alert };
  const count = async () => expectOk(await book.admin.countAlerts({ query: { area: 'PBT' } })).counts;
  const taken = expectOk(await book.admin.acknowledgeAlert({ path, body: {}, ifMatch: alert.version }));
  expect(await count()).toEqual([{ at: 'PBE-01', type: 'short', open: 0, unresolved: 1 }]);
  const until = instantOf(millisecondsOf(book.clock.now()) + 3_600_000);
  expectOk(await book.admin.snoozeAlert({ path, body: { until, why: 'on its way' }, ifMatch: taken.version }));
  expect(await count()).toEqual([{ at: 'PBE-01', type: 'short', open: 0, unresolved: 1 }]);
  book.clock.forward(7_200);
  expect(await count()).toEqual([{ at: 'PBE-01', type: 'short', open: 1, unresolved: 1 }]);
});
